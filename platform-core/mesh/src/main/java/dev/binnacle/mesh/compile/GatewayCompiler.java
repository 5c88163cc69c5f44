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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes what a gateway does: a listener and a route table for each of its ports. */
final class GatewayCompiler {
    /** A server of a Gateway that a pod serves. */
    private record Exposed(Gateway gateway, Server server) {
        boolean isHttp() {
            return server.protocol().isHttp();
        }
    }

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
    private final ConnectionRoutes connections;

    GatewayCompiler(Registry registry, RouteCompiler routes, ConnectionRoutes connections) {
        this.registry = registry;
        this.routes = routes;
        this.connections = connections;
    }

    List<Listener> listeners(Pod pod) {
        return byBindPort(pod).entrySet().stream()
                .flatMap(e -> listener(pod, e.getKey(), e.getValue()).stream())
                .toList();
    }

    private Optional<Listener> listener(Pod pod, int port, List<Exposed> servers) {
        String name = Names.listener(pod.podIp(), allowed(port));
        var alsoAt = Stream.ofNullable(pod.published().get(port)).toList();
        var first = servers.getFirst();
        var origin = first.server().place().origin();
        if (first.isHttp()) {
            return Optional.of(new Listener.GatewayHttp(
                    name, pod.podIp(), allowed(port), alsoAt, Names.gatewayTable(port), origin));
        }
        // Without a rule there is nobody to connect to, so nothing listens, as in Istio.
        return connections
                .atGateway(bound(pod, first), caller(pod, first))
                .map(route -> new Listener.GatewayTcp(name, pod.podIp(), allowed(port), alsoAt, route, origin));
    }

    private List<VirtualService> bound(Pod pod, Exposed exposed) {
        return registry.scope(pod).virtualServices().stream()
                .filter(service -> Gateways.isBound(service, exposed.gateway())
                        && !Gateways.hosts(service, exposed.gateway(), exposed.server())
                                .isEmpty())
                .toList();
    }

    private static Caller caller(Pod pod, Exposed exposed) {
        return new Caller(
                pod, Gateways.idOf(exposed.gateway()), exposed.server().port());
    }

    /** A port that the instance may not listen on moves to 8000 and itself. */
    private int allowed(int port) {
        return port < registry.topology().lowestPort() ? 8000 + port : port;
    }

    List<RouteTable> routeTables(Pod pod) {
        var result = new ArrayList<RouteTable>();
        byBindPort(pod).forEach((port, servers) -> {
            if (servers.getFirst().isHttp()) {
                result.add(new RouteTable(Names.gatewayTable(port), true, virtualHosts(pod, servers)));
            }
        });
        return List.copyOf(result);
    }

    /** The first server of a port decides what it carries; those of another kind are not there. */
    private SortedMap<Integer, List<Exposed>> byBindPort(Pod pod) {
        var result = servers(pod);
        result.replaceAll((port, servers) -> servers.stream()
                .filter(exposed -> exposed.isHttp() == servers.getFirst().isHttp())
                .toList());
        return result;
    }

    private SortedMap<Integer, List<Exposed>> servers(Pod pod) {
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
        var all = routes.compile(service, caller(pod, exposed));
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
                    .forEach(host -> drafts.computeIfAbsent(
                                    Gateways.dns(host.text()).toLowerCase(Locale.ROOT), h -> new Draft(exposed))
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
