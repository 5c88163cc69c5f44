package dev.binnacle.mesh.xds;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.ir.Listener.Gateway;
import dev.binnacle.mesh.ir.Listener.HttpProxy;
import dev.binnacle.mesh.ir.Listener.Inbound;
import dev.binnacle.mesh.ir.Listener.OutboundHttp;
import dev.binnacle.mesh.ir.Listener.OutboundTcp;
import dev.binnacle.mesh.ir.MeshSettings;
import dev.binnacle.mesh.ir.PathNormalization;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.ir.Telemetry;
import dev.binnacle.mesh.ir.access.Guard;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.AdditionalAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Renders listeners. Nothing in them depends on routes or endpoints, so that a change of those drains no connection. */
record ListenerRenderer(Identity self, Guard guard, MeshSettings settings, Telemetry telemetry, String mark) {
    private record Key(ListenerRenderer renderer, dev.binnacle.mesh.ir.Listener listener) {}

    /** Istio's: who takes longer holds memory for nothing. */
    private static final java.time.Duration HANDSHAKE = java.time.Duration.ofSeconds(15);

    private record FilterKey(Identity self, Telemetry.Side told, PathNormalization paths, String routeTable) {}

    private static final Metadata METADATA = Protos.metadata(Map.of("istio", Map.of("unknown", "unknown")));

    /** A listener for each host of the mesh has the same; they are most of a large mesh's. */
    private static final Kept<FilterChain> CHAINS = new Kept<>();

    private record MarkKey(Telemetry.Side told, PathNormalization paths) {}

    private static final Kept<String> MARKS = new Kept<>();
    private static final Kept<Listener> LISTENERS = new Kept<>();
    private static final Kept<TypedExtensionConfig> FILTERS = new Kept<>();

    ListenerRenderer(Identity self, Guard guard, MeshSettings settings, Telemetry telemetry) {
        this(self, guard, settings, telemetry, mark(settings, telemetry.client()));
    }

    Listener render(dev.binnacle.mesh.ir.Listener listener) {
        // There are many of these, small ones: to look one up takes longer than to make it.
        return listener instanceof OutboundHttp
                ? fresh(listener)
                : LISTENERS.get(new Key(this, listener), () -> fresh(listener));
    }

    /** Returns what listeners of these refer to, sorted by name. */
    List<TypedExtensionConfig> filters(List<dev.binnacle.mesh.ir.Listener> listeners) {
        return listeners.stream()
                .filter(OutboundHttp.class::isInstance)
                .map(listener -> ((OutboundHttp) listener).routeTable())
                .distinct()
                .map(table -> FILTERS.get(
                        new FilterKey(self, client(), settings.paths(), table),
                        () -> managers().outbound(shared(table), table, self, sent(self, client()))))
                .sorted(Comparator.comparing(TypedExtensionConfig::getName))
                .toList();
    }

    /** Returns the name of what the listeners of hosts with this route table refer to. */
    private String shared(String routeTable) {
        return HttpManagers.sharedName(routeTable, mark);
    }

    private static String mark(MeshSettings settings, Telemetry.Side told) {
        return MARKS.get(
                new MarkKey(told, settings.paths()),
                () -> new HttpManagers(settings.paths()).mark(sent(HttpManagers.NOBODY, told)));
    }

    /** What is told about the requests that {@code caller} sends. */
    private static Told sent(Identity caller, Telemetry.Side told) {
        return requests(StatsTags.client(caller), told);
    }

    private HttpManagers managers() {
        return new HttpManagers(settings.paths());
    }

    private Listener fresh(dev.binnacle.mesh.ir.Listener listener) {
        return switch (listener) {
            case OutboundHttp outbound ->
                outbound(
                        outbound,
                        CHAINS.get(
                                shared(outbound.routeTable()),
                                () -> chain(HttpManagers.shared(shared(outbound.routeTable())))));
            case HttpProxy proxy ->
                outbound(
                        proxy,
                        chain(managers()
                                .proxy(
                                        proxy,
                                        self,
                                        told(StatsLoggers.proxy(StatsTags.client(self), client()), client(), false))));
            case OutboundTcp outbound -> connections(outbound);
            case Inbound inbound -> inbound(inbound);
            case Gateway gateway -> gateway(gateway);
        };
    }

    private static Listener outbound(dev.binnacle.mesh.ir.Listener listener, FilterChain chain) {
        return named(listener)
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .addFilterChains(chain)
                .build();
    }

    private static FilterChain chain(Filter filter) {
        return FilterChain.newBuilder().addFilters(filter).build();
    }

    private Telemetry.Side client() {
        return telemetry.client();
    }

    private static Told requests(StatsTags tags, Telemetry.Side told) {
        return told(StatsLoggers.http(tags, told), told, false);
    }

    private static Told told(List<AccessLog> measuring, Telemetry.Side told, boolean spawns) {
        var loggers = Stream.concat(measuring.stream(), AccessLogs.http(told.logs()).stream());
        return new Told(loggers.toList(), told.tracing(), spawns);
    }

    private static List<Map<String, Object>> connections(StatsTags tags, Telemetry.Side told) {
        return Stream.concat(StatsLoggers.tcp(tags, told).stream(), AccessLogs.tcp(told.logs()).stream())
                .toList();
    }

    /** Where the name that TLS clients ask for matters, the beginning of each connection is looked at. */
    private Listener connections(OutboundTcp outbound) {
        var result = named(outbound).setTrafficDirection(TrafficDirection.OUTBOUND);
        if (outbound.routes().stream().anyMatch(route -> !route.names().isEmpty())) {
            result.addListenerFilters(tlsInspector());
        }
        outbound.routes().forEach(route -> result.addFilterChains(chain(route)));
        return result.build();
    }

    private FilterChain chain(TcpRoute route) {
        var result = FilterChain.newBuilder()
                .addFilters(TcpProxies.render("outbound", route, connections(StatsTags.client(self), client())));
        if (!route.takesEverything()) {
            var match = FilterChainMatch.newBuilder().addAllServerNames(route.names());
            route.subnets().forEach(subnet -> match.addPrefixRanges(Protos.range(subnet)));
            result.setFilterChainMatch(match);
        }
        return result.build();
    }

    private Listener gateway(Gateway gateway) {
        var result = named(gateway).setTrafficDirection(TrafficDirection.OUTBOUND);
        if (gateway.chains().stream()
                .anyMatch(chain -> chain.tls().isPresent() || !chain.names().isEmpty())) {
            result.addListenerFilters(tlsInspector());
        }
        gateway.chains().forEach(chain -> result.addFilterChains(chain(gateway, chain)));
        for (String place : gateway.alsoAt()) {
            int colon = place.lastIndexOf(':');
            result.addAdditionalAddresses(AdditionalAddress.newBuilder()
                    .setAddress(
                            Protos.address(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)))));
        }
        return result.build();
    }

    private FilterChain chain(Gateway gateway, GatewayChain chain) {
        var tags = StatsTags.gateway(self);
        var result = FilterChain.newBuilder()
                .setName(chain.server())
                .addAllFilters(
                        switch (chain.content()) {
                            case GatewayChain.Content.Requests(String table) ->
                                List.of(managers()
                                        .gateway(
                                                table,
                                                self,
                                                gateway.limit(),
                                                guard,
                                                told(StatsLoggers.http(tags, client()), client(), true)));
                            case GatewayChain.Content.Bytes(TcpRoute route) ->
                                guarded(TcpProxies.render("gateway", route, connections(tags, client())));
                        });
        if (!chain.names().isEmpty()) {
            result.setFilterChainMatch(FilterChainMatch.newBuilder().addAllServerNames(chain.names()));
        }
        chain.tls()
                .ifPresent(tls -> result.setTransportSocket(
                                GatewayTls.render(tls, chain.routeTable().isPresent()))
                        .setTransportSocketConnectTimeout(Protos.duration(HANDSHAKE)));
        return result.build();
    }

    private Listener inbound(Inbound inbound) {
        var result = named(inbound).setTrafficDirection(TrafficDirection.INBOUND);
        switch (inbound.mtls()) {
            case DISABLE -> result.addFilterChains(plaintext(inbound));
            case STRICT -> inspected(inbound, result).addFilterChains(mutual(inbound));
            case PERMISSIVE ->
                inspected(inbound, result)
                        .addFilterChains(mutual(inbound))
                        .addFilterChains(plaintext(inbound).setFilterChainMatch(transport("raw_buffer")));
        }
        return result.build();
    }

    /** Where the server speaks first there is nothing to inspect: after a moment the connection counts as plaintext. */
    private static Listener.Builder inspected(Inbound inbound, Listener.Builder result) {
        result.addListenerFilters(tlsInspector());
        if (!inbound.protocol().isHttp()) {
            result.setListenerFiltersTimeout(Duration.newBuilder().setSeconds(1))
                    .setContinueOnListenerFiltersTimeout(true);
        }
        return result;
    }

    private static ListenerFilter tlsInspector() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.tls_inspector")
                .setTypedConfig(Protos.any(TlsInspector.getDefaultInstance()))
                .build();
    }

    private FilterChain.Builder mutual(Inbound inbound) {
        var tags = StatsTags.server(self, inbound.service());
        return FilterChain.newBuilder()
                .setName("mtls")
                .setFilterChainMatch(transport("tls"))
                .setTransportSocket(TlsRenderer.downstream(settings.trustDomains()))
                .addFilters(PeerIdentity.fromCertificate())
                .addAllFilters(
                        inbound.protocol().isHttp()
                                ? List.of(requests(inbound, tags))
                                : guarded(TcpProxies.afterHandshake(
                                        "inbound", inbound.cluster(), connections(tags, telemetry.server()))));
    }

    private FilterChain.Builder plaintext(Inbound inbound) {
        var tags = StatsTags.plaintextServer(self, inbound.service());
        return FilterChain.newBuilder()
                .setName("plaintext")
                .addAllFilters(
                        inbound.protocol().isHttp()
                                ? List.of(requests(inbound, tags))
                                : guarded(TcpProxies.render(
                                        "inbound", inbound.cluster(), connections(tags, telemetry.server()))));
    }

    private Filter requests(Inbound inbound, StatsTags tags) {
        return managers().inbound(routes(inbound), inbound.limit(), guard, requests(tags, telemetry.server()));
    }

    private List<Filter> guarded(Filter proxy) {
        return Stream.concat(GuardRenderer.connections(guard).stream(), Stream.of(proxy))
                .toList();
    }

    private static FilterChainMatch transport(String protocol) {
        return FilterChainMatch.newBuilder().setTransportProtocol(protocol).build();
    }

    private static RouteConfiguration routes(Inbound inbound) {
        var route = Route.newBuilder()
                .setName("default")
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRoute(RouteAction.newBuilder()
                        .setCluster(inbound.cluster())
                        .setTimeout(Duration.getDefaultInstance()));
        return RouteConfiguration.newBuilder()
                .setName(inbound.cluster())
                .setValidateClusters(BoolValue.of(false))
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("inbound|http|" + inbound.port())
                        .addDomains("*")
                        .addRoutes(route))
                .build();
    }

    /** Without {@code enable_reuse_port: false} a second Envoy on the address would silently take half the traffic. */
    private static Listener.Builder named(dev.binnacle.mesh.ir.Listener listener) {
        return Listener.newBuilder()
                .setName(listener.name())
                .setAddress(Protos.address(listener.address(), listener.port()))
                .setEnableReusePort(BoolValue.of(false))
                .setMetadata(METADATA);
    }
}
