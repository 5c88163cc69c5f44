package dev.binnacle.mesh.compile.gateway;

import dev.binnacle.mesh.compile.ConnectionRoutes;
import dev.binnacle.mesh.compile.Names;
import dev.binnacle.mesh.compile.RouteCompiler;
import dev.binnacle.mesh.compile.limit.RateLimits;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes what a gateway does: a listener for each of its ports, and tables of routes. */
public final class GatewayCompiler {
    private final Registry registry;
    private final GatewayChains chains;
    private final GatewayRoutes routes;
    private final RateLimits limits;

    public GatewayCompiler(Registry registry, RouteCompiler routes, ConnectionRoutes connections, RateLimits limits) {
        this.registry = registry;
        this.chains = new GatewayChains(registry, connections);
        this.routes = new GatewayRoutes(registry, routes);
        this.limits = limits;
    }

    public List<Listener> listeners(Pod pod) {
        return ports(pod).entrySet().stream()
                .flatMap(e -> listener(pod, e.getKey(), e.getValue()).stream())
                .toList();
    }

    private Optional<Listener> listener(Pod pod, int port, List<Exposed> servers) {
        var all = chains.of(pod, servers);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Listener.Gateway(
                Names.listener(pod.podIp(), allowed(port)),
                pod.podIp(),
                allowed(port),
                Stream.ofNullable(pod.published().get(port)).toList(),
                all,
                limits.ofGateway(pod),
                servers.getFirst().server().place().origin()));
    }

    /** A port that the instance may not listen on moves to 8000 and itself. */
    private int allowed(int port) {
        return port < registry.topology().lowestPort() ? 8000 + port : port;
    }

    public List<RouteTable> routeTables(Pod pod) {
        var byTable = ports(pod).values().stream()
                .flatMap(List::stream)
                .filter(exposed -> exposed.server().isHttp())
                .collect(Collectors.groupingBy(Exposed::routeTable, TreeMap::new, Collectors.toList()));
        return byTable.entrySet().stream()
                .map(e -> new RouteTable(e.getKey(), true, routes.of(pod, e.getValue())))
                .toList();
    }

    private SortedMap<Integer, List<Exposed>> ports(Pod pod) {
        var servers = registry.manifests().gateways().stream()
                .filter(gateway -> gateway.selects(pod.namespace(), pod.labels()))
                .flatMap(gateway -> gateway.servers().stream()
                        .flatMap(server -> Gateways.bindPort(registry, pod, gateway, server.port())
                                .map(port -> new Exposed(gateway, server, port))
                                .stream()))
                .toList();
        return SharedPorts.of(servers).accepted();
    }
}
