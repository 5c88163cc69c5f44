package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Unanswered;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains a request from the same intermediate form that the proxies' configuration is made of: which listener takes it,
 * which line of which manifest decides, and where it goes.
 */
public final class Why {
    private final Pod pod;
    private final ProxyIr proxy;
    private final MeshIr mesh;
    private final Origins origins;

    private Why(Pod pod, ProxyIr proxy, MeshIr mesh, Manifests manifests) {
        this.pod = pod;
        this.proxy = proxy;
        this.mesh = mesh;
        this.origins = new Origins(manifests);
    }

    /** Returns what decides {@code request}, or why nothing does. */
    public static Explanation explain(Manifests manifests, MeshTopology topology, WhyRequest request) {
        var mesh = Translation.compile(manifests, topology).value();
        var pod = Callers.find(topology, request.from());
        var proxy = pod.flatMap(p -> mesh.proxy(p.id()));
        if (pod.isEmpty() || proxy.isEmpty()) {
            return new Unanswered(
                    "no pod or Deployment is called " + request.from(),
                    "Known are " + String.join(", ", Callers.known(topology)));
        }
        return new Why(pod.get(), proxy.get(), mesh, manifests).answer(request, topology);
    }

    private Explanation answer(WhyRequest request, MeshTopology topology) {
        var to = Destination.of(request);
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
            case Listener.OutboundTcp tcp -> tcp(tcp, notes);
            case Listener.OutboundHttp http -> http(http, http.routeTable(), authority, request, notes);
            case Listener.HttpProxy http -> http(http, http.routeTable(), authority, request, notes);
            case Listener.GatewayHttp http -> http(http, http.routeTable(), authority, request, notes);
            case Listener.Inbound inbound ->
                throw new IllegalStateException("requests leave through outbound listeners, not " + inbound.name());
        };
    }

    private Answer tcp(Listener.OutboundTcp tcp, List<String> notes) {
        var upstream = new Upstream(mesh, origins, proxy, Upstream.only(tcp.cluster()));
        return answer(tcp, Optional.empty(), Optional.of(origins.rule(tcp.origin(), "")), "tcp", upstream, notes);
    }

    private Answer http(
            Listener listener, String routeTable, String authority, WhyRequest request, List<String> notes) {
        String host = request.headers().getOrDefault("host", authority);
        var virtualHost = table(routeTable).flatMap(table -> DomainSearch.find(table, host));
        var matcher = new RequestMatcher(request, host);
        var route = virtualHost.flatMap(
                v -> v.routes().stream().filter(r -> matcher.matches(r.match())).findFirst());
        var upstream =
                new Upstream(mesh, origins, proxy, route.map(Why::destinations).orElse(List.of()));
        var all = new ArrayList<>(notes);
        if (virtualHost.filter(VirtualHost::httpsOnly).isPresent()) {
            all.add("plain HTTP is redirected to HTTPS");
        }
        if (route.isEmpty()) {
            all.add("no route matches: the proxy answers 404 (NR)");
        }
        return answer(
                listener,
                virtualHost.map(VirtualHost::name),
                route.map(r -> origins.rule(r.origin(), r.name())),
                route.map(Why::action).orElse("not found"),
                upstream,
                all);
    }

    private Answer answer(
            Listener listener,
            Optional<String> virtualHost,
            Optional<Explanation.Rule> rule,
            String action,
            Upstream upstream,
            List<String> notes) {
        var all = new ArrayList<>(upstream.problems());
        all.addAll(notes);
        return new Answer(
                pod.id(),
                listener.name(),
                virtualHost.orElse(null),
                rule.orElse(null),
                action,
                upstream.targets(),
                upstream.policies(),
                upstream.tls(),
                List.copyOf(all));
    }

    private Optional<RouteTable> table(String name) {
        return proxy.routeTables().stream().filter(t -> t.name().equals(name)).findFirst();
    }

    private static List<RouteAction.Destination> destinations(Route route) {
        return route.action() instanceof RouteAction.Forward forward ? forward.destinations() : List.of();
    }

    private static String action(Route route) {
        return switch (route.action()) {
            case RouteAction.Forward forward -> "forward";
            case RouteAction.PassThrough passThrough -> "pass through";
            case RouteAction.Redirect redirect -> "redirect " + redirect.status();
            case RouteAction.DirectResponse(int status, String body) ->
                route.name().equals("block_all") ? "blocked " + status : "direct response " + status;
        };
    }
}
