package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.Memory.Sight;
import dev.binnacle.mesh.compile.Openings.Opening;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.Same;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes what a sidecar does with traffic of its own application: listeners at virtual addresses and route tables. */
final class OutboundCompiler {
    private static final int PROXY_PORT = 15001;
    private static final int HTTP = 80;

    private record OpeningsKey(Sight sight, List<Same<VirtualService>> rules) implements Carried.Key<Openings> {}

    private record TablesKey(Sight sight, List<Same<VirtualService>> rules) implements Carried.Key<List<RouteTable>> {}

    private record ProxiedKey(Same<VirtualHost> host) implements Carried.Key<VirtualHost> {}

    private final Registry registry;
    private final Memory memory;
    private final RouteCompiler compiler;
    private final ConnectionRoutes connections;
    private final UnknownHostsCompiler unknown;
    private final Map<Scope, MeshRoutes> routes = new HashMap<>();

    OutboundCompiler(
            Memory memory, RouteCompiler compiler, ConnectionRoutes connections, UnknownHostsCompiler unknown) {
        this.unknown = unknown;
        this.memory = memory;
        this.registry = memory.registry();
        this.compiler = compiler;
        this.connections = connections;
    }

    /**
     * Returns where pods like this one listen for hosts.
     *
     * @param tables those of such a pod
     */
    Openings openings(Pod pod, Sight sight, List<RouteTable> tables) {
        var scope = registry.scope(pod);
        var rules = scope.ruled().isEmpty() ? connections.ruling(scope) : scope.virtualServices();
        return memory.get(new OpeningsKey(sight, Same.each(rules)), () -> openings(pod, tables));
    }

    private Openings openings(Pod pod, List<RouteTable> tables) {
        var scope = registry.scope(pod);
        var seen = scope.hosts().stream().flatMap(host -> openings(host, port -> opening(host, port, pod)));
        var ruled = scope.ruled().stream().flatMap(host -> openings(host, port -> routed(host, port, tables)));
        return Openings.of(
                registry.topology().base(), Stream.concat(seen, ruled).toList());
    }

    private Stream<Opening> openings(MeshHost host, Function<Service.Port, Optional<Opening>> opening) {
        return host.ports().stream()
                .filter(port -> canListen(port.number()) && isFound(host, port))
                .flatMap(port -> opening.apply(port).stream());
    }

    /** Returns the listener of a pod for whatever host a request names. */
    Listener proxy(Pod pod) {
        return new Listener.HttpProxy(
                Names.listener(pod.podIp(), PROXY_PORT),
                pod.podIp(),
                PROXY_PORT,
                Names.HTTP_PROXY,
                registry.topology().externals().internet(),
                Origin.DEFAULT);
    }

    /** Ports that the instance may not listen on are reached through the proxy port only. */
    private boolean canListen(int port) {
        return port >= registry.topology().lowestPort();
    }

    /** Clients of a cluster look the pods of a headless Service up. Without any, nobody can mean its connections. */
    private boolean isFound(MeshHost host, Service.Port port) {
        return !host.headless()
                || port.protocol().isHttp()
                || !registry.workloads(host).isEmpty();
    }

    private Optional<Opening> opening(MeshHost host, Service.Port port, Pod pod) {
        Optional<List<TcpRoute>> connected =
                port.protocol().isHttp() ? Optional.empty() : Optional.of(connections.inMesh(host, port, pod));
        return opening(host, port, connected);
    }

    /** A host that is not exported to the pod is called like any that a VirtualService names: by HTTP, whatever it speaks. */
    private Optional<Opening> routed(MeshHost host, Service.Port port, List<RouteTable> tables) {
        String table = String.valueOf(port.number());
        String name = host.host() + ":" + port.number();
        boolean isRouted = tables.stream()
                .filter(t -> t.name().equals(table))
                .flatMap(t -> t.virtualHosts().stream())
                .anyMatch(virtual -> virtual.name().equals(name));
        return isRouted ? opening(host, port, Optional.empty()) : Optional.empty();
    }

    private Optional<Opening> opening(MeshHost host, Service.Port port, Optional<List<TcpRoute>> connected) {
        return Optional.ofNullable(registry.topology().hosts().get(host.host()))
                .map(number -> new Opening(
                        number, port.number(), connected, port.place().origin()));
    }

    /** Returns the route tables of pods like this one, sorted by name. */
    List<RouteTable> routeTables(Pod pod, Sight sight) {
        var scope = registry.scope(pod);
        var key = new TablesKey(sight, Same.each(scope.virtualServices()));
        return memory.get(key, () -> routeTables(pod, sight, scope));
    }

    private List<RouteTable> routeTables(Pod pod, Sight sight, Scope scope) {
        var hosts = routes.computeIfAbsent(scope, s -> new MeshRoutes(s, compiler, memory));
        var caller = new MeshRoutes.From(pod, sight);
        var byPort = virtualHosts(scope, hosts, caller);
        var result = new ArrayList<RouteTable>();
        byPort.forEach(
                (port, all) -> result.add(table(String.valueOf(port), all, List.of(UnknownHostsCompiler.blocked()))));
        byPort.computeIfAbsent(HTTP, port -> hosts.withoutService(caller));
        var forProxy = new LinkedHashMap<String, VirtualHost>();
        byPort.forEach((port, all) -> all.forEach(host -> forProxy.put(host.name(), forProxyPort(host, port))));
        new Tunnels(memory, scope, sight).addTo(forProxy);
        result.add(table(Names.HTTP_PROXY, forProxy.values(), unknown.virtualHosts(scope)));
        return result.stream().sorted(Comparator.comparing(RouteTable::name)).toList();
    }

    private static SortedMap<Integer, List<VirtualHost>> virtualHosts(
            Scope scope, MeshRoutes hosts, MeshRoutes.From caller) {
        var result = new TreeMap<Integer, List<VirtualHost>>();
        scope.hosts().stream()
                .flatMap(service -> service.ports().stream())
                .filter(port -> port.protocol().isHttp())
                .forEach(port -> result.computeIfAbsent(port.number(), number -> hosts.at(number, caller)));
        return result;
    }

    private static RouteTable table(String name, Collection<VirtualHost> hosts, List<VirtualHost> rest) {
        var all = new ArrayList<VirtualHost>();
        var taken = new HashSet<String>();
        // A VirtualService may be about a name that is also an alias of a Service; Envoy refuses a domain that occurs
        // twice, however it is written.
        for (var host : Stream.concat(hosts.stream(), rest.stream()).toList()) {
            var free = host.domains().stream()
                    .filter(domain -> taken.add(domain.toLowerCase(Locale.ROOT)))
                    .toList();
            if (!free.isEmpty()) {
                all.add(host.withDomains(free));
            }
        }
        return new RouteTable(name, false, List.copyOf(all));
    }

    /** Port 15001 serves all ports at once: only port 80 may be left out of the Host header there. */
    private VirtualHost forProxyPort(VirtualHost host, int port) {
        return port == HTTP
                ? host
                : memory.get(
                        new ProxiedKey(new Same<>(host)),
                        () -> host.withDomains(host.domains().stream()
                                .filter(domain -> domain.contains(":"))
                                .toList()));
    }
}
