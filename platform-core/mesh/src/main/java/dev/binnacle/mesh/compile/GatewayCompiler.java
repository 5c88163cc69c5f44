package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.Gateway;
import dev.binnacle.mesh.istio.Gateway.Server;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes what a gateway does: a listener and a route table for each of its ports. */
final class GatewayCompiler {
    /** A server of a Gateway that a pod serves. */
    private record Exposed(Gateway gateway, Server server) {}

    /** A virtual host while VirtualServices still add to it. */
    private static final class Draft {
        private final List<Route> routes = new ArrayList<>();
        private final int port;
        private final Origin origin;
        private boolean httpsOnly;

        Draft(Exposed exposed) {
            this.port = exposed.server().port();
            this.origin = exposed.server().place().origin();
        }
    }

    private final Registry registry;
    private final RouteCompiler routes;

    GatewayCompiler(Registry registry, RouteCompiler routes) {
        this.registry = registry;
        this.routes = routes;
    }

    List<Listener> listeners(Pod pod) {
        var result = new ArrayList<Listener>();
        byBindPort(pod)
                .forEach((port, servers) -> result.add(new Listener.GatewayHttp(
                        Names.listener(pod.podIp(), allowed(port)),
                        pod.podIp(),
                        allowed(port),
                        Stream.ofNullable(pod.published().get(port)).toList(),
                        Names.gatewayTable(port),
                        servers.getFirst().server().place().origin())));
        return List.copyOf(result);
    }

    /** A port that the instance may not listen on moves to 8000 and itself. */
    private int allowed(int port) {
        return port < registry.topology().lowestPort() ? 8000 + port : port;
    }

    List<RouteTable> routeTables(Pod pod) {
        var result = new ArrayList<RouteTable>();
        byBindPort(pod)
                .forEach((port, servers) ->
                        result.add(new RouteTable(Names.gatewayTable(port), true, virtualHosts(pod, servers))));
        return List.copyOf(result);
    }

    private SortedMap<Integer, List<Exposed>> byBindPort(Pod pod) {
        var result = new TreeMap<Integer, List<Exposed>>();
        for (var gateway : registry.manifests().gateways()) {
            if (!gateway.selects(pod.labels())) {
                continue;
            }
            for (var server : gateway.servers()) {
                Gateways.bindPort(registry, pod, server.port())
                        .ifPresent(port -> result.computeIfAbsent(port, p -> new ArrayList<>())
                                .add(new Exposed(gateway, server)));
            }
        }
        return result;
    }

    private List<VirtualHost> virtualHosts(Pod pod, List<Exposed> servers) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (var exposed : servers) {
            for (var service : registry.scope(pod).virtualServices()) {
                if (Gateways.isBound(service, exposed.gateway())) {
                    contribute(service, exposed, pod, drafts);
                }
            }
            redirectToHttps(exposed, drafts);
        }
        if (drafts.isEmpty()) {
            return List.of(blackhole(servers.getFirst()));
        }
        return new TreeMap<>(drafts)
                .entrySet().stream()
                        .map(e -> virtualHost(e.getKey(), e.getValue()))
                        .toList();
    }

    /** Several VirtualServices may add to one host of a gateway. */
    private void contribute(VirtualService service, Exposed exposed, Pod pod, Map<String, Draft> drafts) {
        var caller = new Caller(
                pod, Gateways.idOf(exposed.gateway()), exposed.server().port());
        var all = routes.compile(service, caller);
        if (all.isEmpty()) {
            return;
        }
        for (String host : Gateways.hosts(service, exposed.gateway(), exposed.server())) {
            var draft = drafts.computeIfAbsent(host, h -> new Draft(exposed));
            draft.httpsOnly |= exposed.server().httpsRedirect();
            // Another server may have brought the same routes already.
            all.stream().filter(route -> !draft.routes.contains(route)).forEach(draft.routes::add);
        }
    }

    private static void redirectToHttps(Exposed exposed, Map<String, Draft> drafts) {
        if (exposed.server().httpsRedirect()) {
            // Istio leaves out hosts that are for a certain namespace only.
            exposed.server().hosts().stream()
                    .filter(host -> host.text().startsWith("*/") || !host.text().contains("/"))
                    .forEach(host -> drafts.computeIfAbsent(Gateways.dns(host.text()), h -> new Draft(exposed))
                            .httpsOnly = true);
        }
    }

    /** Routes that take every request go last: they would hide what another VirtualService has for the same host. */
    private static VirtualHost virtualHost(String host, Draft draft) {
        var ordered = Stream.concat(
                        draft.routes.stream().filter(r -> !r.match().takesEverything()),
                        draft.routes.stream()
                                .filter(r -> r.match().takesEverything())
                                .limit(1))
                .toList();
        return new VirtualHost(host + ":" + draft.port, List.of(host), true, draft.httpsOnly, ordered, draft.origin);
    }

    /** Without a route Envoy answers 404 (NR), as at a gateway of Istio's. */
    private static VirtualHost blackhole(Exposed exposed) {
        return new VirtualHost(
                "blackhole:" + exposed.server().port(),
                List.of("*"),
                false,
                false,
                List.of(),
                exposed.server().place().origin());
    }
}
