package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Other;
import dev.binnacle.mesh.explain.Explanation.Unanswered;
import dev.binnacle.mesh.ir.GatewayChain.Content;
import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.PathNormalization;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.schema.Spelling;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Explains a request from the same intermediate form that the proxies' configuration is made of: which listener takes it,
 * which line of which manifest decides, and where it goes.
 */
public final class Why {
    private final Pod pod;
    private final ProxyIr proxy;
    private final MeshIr mesh;
    private final Manifests manifests;
    private final Origins origins;

    private Why(Pod pod, ProxyIr proxy, MeshIr mesh, Manifests manifests) {
        this.pod = pod;
        this.proxy = proxy;
        this.mesh = mesh;
        this.manifests = manifests;
        this.origins = new Origins(manifests);
    }

    /** Returns what decides {@code request}, or why nothing does. */
    public static Explanation explain(Manifests manifests, MeshTopology topology, WhyRequest request) {
        return explain(
                manifests, topology, Translation.compile(manifests, topology).value(), request);
    }

    /**
     * Does the same for a mesh that is compiled already.
     *
     * @param mesh what {@code manifests} are there
     */
    public static Explanation explain(Manifests manifests, MeshTopology topology, MeshIr mesh, WhyRequest request) {
        var pod = Callers.find(topology, request.from());
        var proxy = pod.flatMap(p -> mesh.proxy(p.id()));
        if (pod.isEmpty() || proxy.isEmpty()) {
            return new Unanswered(
                    "no pod or Deployment is called " + request.from(),
                    "Known are " + Spelling.listed(Callers.known(topology)));
        }
        return new Why(pod.get(), proxy.get(), mesh, manifests).answer(request, topology);
    }

    private Explanation answer(WhyRequest request, MeshTopology topology) {
        var to = Destination.of(request);
        if (!to.isComplete()) {
            return new Unanswered(
                    "\"" + request.to() + "\" is not a host", "Write host, host:port or http://host:port/path");
        }
        if (pod.kind() == PodKind.PLAIN) {
            return new Unanswered(
                    pod.id() + " has no sidecar, so nothing but the address decides: "
                            + proxy.hosts().getOrDefault(to.host(), "it does not know the host " + to.host()),
                    "Ask for a pod with a sidecar");
        }
        var search = new ListenerSearch(pod, proxy, topology);
        var found = search.find(to);
        return switch (found) {
            case ListenerSearch.Nothing(String message, String fix) -> new Unanswered(message, fix);
            case ListenerSearch.Found(Listener listener, int port, List<String> notes) ->
                decide(listener, to.authority(port), request, notes);
        };
    }

    private Answer decide(Listener listener, String authority, WhyRequest request, List<String> notes) {
        return switch (listener) {
            case Listener.OutboundTcp tcp -> {
                var route = ConnectionSearch.find(tcp, authority);
                yield tcp(tcp, route, others(tcp, route, authority), notes);
            }
            case Listener.Gateway gateway -> gateway(gateway, authority, request, notes);
            case Listener.OutboundHttp http -> http(http, http.routeTable(), authority, request, notes);
            case Listener.HttpProxy http -> http(http, http.routeTable(), authority, request, notes);
            case Listener.Inbound inbound ->
                throw new IllegalStateException("requests leave through outbound listeners, not " + inbound.name());
        };
    }

    private Answer gateway(Listener.Gateway gateway, String authority, WhyRequest request, List<String> notes) {
        var chain = ConnectionSearch.find(gateway, authority);
        if (chain.isEmpty()) {
            return tcp(gateway, Optional.empty(), List.of(), notes(GatewayNotes.unknown(gateway, authority), notes));
        }
        var told = notes(new GatewayNotes(manifests, proxy).of(chain.get()), notes);
        return switch (chain.get().content()) {
            case Content.Requests(String table) -> http(gateway, table, authority, request, told);
            case Content.Bytes(TcpRoute route) -> tcp(gateway, Optional.of(route), List.of(), told);
        };
    }

    private List<Other> others(Listener.OutboundTcp tcp, Optional<TcpRoute> route, String authority) {
        String named = DomainSearch.withoutPort(authority);
        // Of the names that a Service has, the full one is the longest.
        String full = proxy.hosts().entrySet().stream()
                .filter(host -> host.getValue().equals(tcp.address()))
                .map(Map.Entry::getKey)
                .max(Comparator.comparingInt(String::length))
                .orElse(named);
        return new OtherConnections(manifests, origins, pod)
                .of(tcp.routes(), route, new OtherConnections.Asked(full, named, tcp.port(), tcp.address()));
    }

    private Answer tcp(Listener tcp, Optional<TcpRoute> route, List<Other> others, List<String> notes) {
        var upstream = new Upstream(
                mesh,
                origins,
                proxy,
                route.map(TcpRoute::targets).orElse(List.of()).stream()
                        .map(target -> RouteAction.Destination.share(target.cluster(), target.weight()))
                        .toList(),
                route.filter(r -> r.connections().byClient()).stream()
                        .<Hashing>map(r -> new Hashing.SourceIp())
                        .toList());
        var rule = route.map(r -> origins.rule(r.origin(), "")).orElse(null);
        var gate = new Gate(origins);
        if (tcp instanceof Listener.Gateway) {
            gate.connection(pod.id(), proxy.guard(), outside(tcp, Map.of(), ""));
        }
        upstream.admit(gate, pod, Map.of(), "");
        var closed = route.isPresent()
                ? List.<String>of()
                : List.of("no rule for connections matches: the proxy closes them");
        return new Answer(
                pod.id(),
                tcp.name(),
                null,
                null,
                rule,
                route.isPresent() ? "tcp" : "closed",
                null,
                upstream.targets(),
                joined(upstream.policies(), gate.policies()),
                upstream.tls(),
                others,
                notes(upstream.notes(Decision.UNAVAILABLE), gate.refusals(), closed, notes));
    }

    private Answer http(
            Listener listener, String routeTable, String authority, WhyRequest request, List<String> notes) {
        String host = request.headers().getOrDefault("host", authority);
        var path = RequestPath.of(request.path(), mesh.settings().paths());
        var matcher = new RequestMatcher(request, path, host);
        var decision = Decision.of(table(routeTable).flatMap(table -> DomainSearch.find(table, host)), matcher);
        var upstream = new Upstream(mesh, origins, proxy, decision.destinations(), decision.hashing());
        var effects = decision.effects(new Outcome(path, host));
        var gate = new Gate(origins);
        var seen = seen(request, host);
        if (listener instanceof Listener.Gateway gateway) {
            gate.limit(pod.id(), gateway.limit());
            gate.request(pod.id(), proxy.guard(), outside(listener, seen, path.path()));
        }
        String told = effects == null || effects.path() == null ? path.path() : effects.path();
        upstream.admit(
                gate,
                pod,
                seen(request, effects == null || effects.host() == null ? host : effects.host()),
                RequestPath.of(told, PathNormalization.NONE).path());
        return new Answer(
                pod.id(),
                listener.name(),
                host,
                decision.host().map(VirtualHost::name).orElse(null),
                decision.route().map(r -> origins.rule(r.origin(), r.name())).orElse(null),
                decision.action(),
                effects,
                upstream.targets(),
                joined(upstream.policies(), gate.policies()),
                upstream.tls(),
                decision.others(new OtherRules(manifests, origins, pod), matcher, host, pod.namespace()),
                notes(upstream.notes(decision.missing()), gate.refusals(), notes, decision.notes()));
    }

    private static Map<String, String> seen(WhyRequest request, String host) {
        var result = new TreeMap<>(request.headers());
        result.put(":authority", host);
        result.put(":method", request.method());
        return result;
    }

    /** Who comes from outside has no certificate of the mesh, and an address of this machine. */
    private Arrival outside(Listener listener, Map<String, String> headers, String path) {
        return new Arrival(
                headers,
                path,
                Optional.empty(),
                "127.0.0.1",
                listener.address(),
                listener.port(),
                "",
                TokenClaims.of(proxy.guard().tokens(), headers));
    }

    private static List<Explanation.Policy> joined(List<Explanation.Policy> some, List<Explanation.Policy> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    @SafeVarargs
    private static List<String> notes(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private Optional<RouteTable> table(String name) {
        return proxy.routeTables().stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
