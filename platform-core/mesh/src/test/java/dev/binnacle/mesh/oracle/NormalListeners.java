package dev.binnacle.mesh.oracle;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where connections go: those of the application, those from outside, those to a gateway. */
final class NormalListeners {
    private static final int PROXY_PORT = 15001;
    private static final String PASSTHROUGH = "InboundPassthroughCluster";

    private final Pod pod;
    private final List<Listener> listeners;
    private final Map<String, Any> shared;
    private final MeshTopology topology;

    NormalListeners(Pod pod, ProxyResources told, MeshTopology topology) {
        this.pod = pod;
        this.listeners = told.listeners();
        this.shared = told.filters().stream()
                .collect(Collectors.toMap(TypedExtensionConfig::getName, TypedExtensionConfig::getTypedConfig));
        this.topology = topology;
    }

    /** Listeners stand at the virtual address of each Service, so the address tells the host. */
    Node outbound() {
        Map<String, String> hosts = new TreeMap<>();
        for (String host : topology.hosts().keySet()) {
            topology.virtualAddress(pod, host).ifPresent(address -> hosts.put(address, host));
        }
        var result = new Node();
        for (var listener : listeners) {
            var at = address(listener);
            if (hosts.containsKey(at.getAddress())) {
                var host = hosts.get(at.getAddress());
                result.with(host + ":" + at.getPortValue(), chains(listener, host));
            }
        }
        return result;
    }

    Node gateway() {
        var result = new Node();
        listeners.forEach(
                listener -> result.put(String.valueOf(address(listener).getPortValue()), chains(listener, "")));
        return result;
    }

    Node inbound() {
        var result = new Node();
        for (var listener : listeners) {
            var at = address(listener);
            if (at.getAddress().equals(pod.podIp()) && at.getPortValue() != PROXY_PORT) {
                result.put(String.valueOf(at.getPortValue()), inbound(listener));
            }
        }
        return result;
    }

    Node telemetry() {
        return NormalTelemetry.of(listeners, shared);
    }

    private static SocketAddress address(Listener listener) {
        return listener.getAddress().getSocketAddress();
    }

    /**
     * That a ServiceEntry's port takes what means its host goes without saying; in a cluster what means others may be for the
     * port of another entry as well.
     */
    private List<Node> chains(Listener listener, String host) {
        boolean isEntry = !host.isEmpty() && !host.endsWith(".svc.cluster.local");
        var itself = isEntry ? List.of(host) : List.of();
        return listener.getFilterChainsList().stream()
                .filter(chain -> !isEntry || takes(chain, host))
                .map(this::chain)
                .peek(chain -> chain.remove("sni", itself))
                .sorted(Comparator.comparing(NormalListeners::condition))
                .toList();
    }

    private static boolean takes(FilterChain chain, String host) {
        var names = chain.getFilterChainMatch().getServerNamesList();
        return names.isEmpty()
                || names.stream()
                        .anyMatch(
                                name -> name.equals(host) || name.startsWith("*") && host.endsWith(name.substring(1)));
    }

    private static String condition(Node chain) {
        return Stream.of("sni", "subnets", "protocols")
                .map(part -> chain.get(part) instanceof List<?> all
                        ? all.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : "")
                .collect(Collectors.joining("|"));
    }

    private Node chain(FilterChain chain) {
        var match = chain.getFilterChainMatch();
        var result = new Node()
                .with("sni", match.getServerNamesList().stream().sorted().toList())
                .with(
                        "protocols",
                        match.getApplicationProtocolsList().stream().sorted().toList())
                .with(
                        "subnets",
                        match.getPrefixRangesList().stream()
                                .map(range -> range.getAddressPrefix().replaceFirst("(:0)+$", "::") + "/"
                                        + range.getPrefixLen().getValue())
                                .sorted()
                                .toList())
                .with("tls", downstream(chain).map(NormalTls::of).orElseGet(Node::new))
                .with("access", NormalAccess.of(chain, manager(chain)));
        manager(chain)
                .ifPresent(m ->
                        result.with("http", m.getRds().getRouteConfigName()).with("paths", NormalAccess.paths(m)));
        tcp(chain).ifPresent(proxy -> result.with("tcp", clusters(proxy)).with("tcpSettings", tcpSettings(proxy)));
        return result;
    }

    private Node inbound(Listener listener) {
        boolean mutual = false;
        boolean plain = false;
        var result = new Node();
        for (var chain : listener.getFilterChainsList()) {
            if (downstream(chain).isPresent()) {
                mutual = true;
            } else {
                plain = true;
            }
            manager(chain)
                    .ifPresent(m -> result.with("protocol", "http")
                            .with("cluster", onlyCluster(m.getRouteConfig()))
                            .with("paths", NormalAccess.paths(m)));
            tcpCluster(chain).ifPresent(c -> result.with("protocol", "tcp").with("cluster", c));
            result.with("access", NormalAccess.of(chain, manager(chain)));
            downstream(chain).ifPresent(context -> result.with("peers", NormalAccess.peers(context)));
        }
        if (listener.toString().contains(PASSTHROUGH)) {
            // No Service leads there: Istio looks at the bytes, and metrics call it by this name on both sides.
            result.with("cluster", PASSTHROUGH);
            List.of("protocol", "access", "paths").forEach(result::remove);
        }
        String both = plain ? "PERMISSIVE" : "STRICT";
        return result.with("mtls", mutual ? both : "DISABLE");
    }

    private static String onlyCluster(RouteConfiguration table) {
        return table.getVirtualHostsList().stream()
                .flatMap(host -> host.getRoutesList().stream())
                .map(route -> route.getRoute().getCluster())
                .collect(Collectors.joining(","));
    }

    private static Optional<DownstreamTlsContext> downstream(FilterChain chain) {
        return Protos.unpack(chain.getTransportSocket().getTypedConfig(), DownstreamTlsContext.class);
    }

    private Optional<HttpConnectionManager> manager(FilterChain chain) {
        return chain.getFiltersList().stream()
                .map(filter -> shared.getOrDefault(filter.getName(), filter.getTypedConfig()))
                .flatMap(c -> Protos.unpack(c, HttpConnectionManager.class).stream())
                .findFirst();
    }

    /** Returns the name of the one cluster that a chain sends TCP to. */
    private static Optional<String> tcpCluster(FilterChain chain) {
        return tcp(chain).map(proxy -> proxy.getFieldsOrThrow("cluster").getStringValue());
    }

    private static Node tcpSettings(Struct proxy) {
        var result = new Node();
        for (var field : proxy.getFieldsMap().entrySet()) {
            switch (field.getKey()) {
                case "idle_timeout", "max_downstream_connection_duration" ->
                    result.put(field.getKey(), field.getValue().getStringValue());
                case "hash_policy" ->
                    result.put(
                            "hash",
                            Protos.plain(
                                    field.getValue().getListValue().getValues(0).getStructValue()));
                default -> {}
            }
        }
        return result;
    }

    private static Optional<Struct> tcp(FilterChain chain) {
        return chain.getFiltersList().stream()
                .map(Filter::getTypedConfig)
                .flatMap(c -> Protos.unpack(c, TypedStruct.class).stream())
                .filter(c -> c.getTypeUrl().endsWith(".TcpProxy"))
                .map(TypedStruct::getValue)
                .findFirst();
    }

    /** Returns the weight of each cluster that a TCP proxy sends to. */
    private static Node clusters(Struct proxy) {
        var result = new Node();
        if (proxy.containsFields("cluster")) {
            result.put(proxy.getFieldsOrThrow("cluster").getStringValue(), 1);
        } else {
            var weighted = proxy.getFieldsOrThrow("weighted_clusters").getStructValue();
            weighted.getFieldsOrThrow("clusters").getListValue().getValuesList().stream()
                    .map(Value::getStructValue)
                    .forEach(
                            target -> result.put(target.getFieldsOrThrow("name").getStringValue(), (int)
                                    target.getFieldsOrThrow("weight").getNumberValue()));
        }
        if (result.size() == 1) {
            result.replaceAll((cluster, weight) -> 1); // the only one gets everything, whatever its weight
        }
        return result;
    }
}
