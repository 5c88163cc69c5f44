package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes what a sidecar does with traffic of its own application: listeners at virtual addresses and route tables. */
final class OutboundCompiler {
    /** Pods that get the same route tables. */
    private record View(Scope scope, Map<String, String> labels) {}

    private static final int PROXY_PORT = 15001;
    private static final int HTTP = 80;

    private final Registry registry;
    private final RouteCompiler compiler;
    private final ConnectionRoutes connections;
    private final UnknownHostsCompiler unknown;
    private final Map<Scope, MeshRoutes> routes = new HashMap<>();
    private final Map<View, List<RouteTable>> tables = new HashMap<>();

    OutboundCompiler(
            Registry registry, RouteCompiler compiler, ConnectionRoutes connections, UnknownHostsCompiler unknown) {
        this.unknown = unknown;
        this.registry = registry;
        this.compiler = compiler;
        this.connections = connections;
    }

    List<Listener> listeners(Pod pod) {
        var result = new ArrayList<Listener>();
        for (var service : registry.scope(pod).hosts()) {
            registry.topology()
                    .virtualAddress(pod, service.host())
                    .ifPresent(address -> service.ports().stream()
                            .filter(port -> canListen(port.number()))
                            .forEach(port -> result.add(listener(service, port, address, pod))));
        }
        result.add(new Listener.HttpProxy(
                Names.listener(pod.podIp(), PROXY_PORT),
                pod.podIp(),
                PROXY_PORT,
                Names.HTTP_PROXY,
                registry.topology().externals().internet(),
                Origin.DEFAULT));
        return List.copyOf(result);
    }

    /** Ports that the instance may not listen on are reached through the proxy port only. */
    private boolean canListen(int port) {
        return port >= registry.topology().lowestPort();
    }

    private Listener listener(MeshHost service, Service.Port port, String address, Pod pod) {
        String name = Names.listener(address, port.number());
        var origin = port.place().origin();
        return port.protocol().isHttp()
                ? new Listener.OutboundHttp(name, address, port.number(), String.valueOf(port.number()), origin)
                : new Listener.OutboundTcp(
                        name, address, port.number(), connections.inMesh(service, port, pod), origin);
    }

    List<RouteTable> routeTables(Pod pod) {
        var scope = registry.scope(pod);
        var hosts = routes.computeIfAbsent(scope, s -> new MeshRoutes(s, compiler));
        return tables.computeIfAbsent(
                new View(scope, hosts.decisiveLabels(pod)), view -> routeTables(scope, hosts, pod));
    }

    private List<RouteTable> routeTables(Scope scope, MeshRoutes hosts, Pod pod) {
        var byPort = virtualHosts(scope, hosts, pod);
        var result = new ArrayList<RouteTable>();
        byPort.forEach(
                (port, all) -> result.add(table(String.valueOf(port), all, List.of(UnknownHostsCompiler.blocked()))));
        byPort.computeIfAbsent(HTTP, port -> hosts.withoutService(pod));
        var forProxy = byPort.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(host -> forProxyPort(host, e.getKey())))
                .toList();
        result.add(
                table(Names.HTTP_PROXY, Tunnels.addTo(forProxy, scope, pod.namespace()), unknown.virtualHosts(scope)));
        return List.copyOf(result);
    }

    private static SortedMap<Integer, List<VirtualHost>> virtualHosts(Scope scope, MeshRoutes hosts, Pod pod) {
        var result = new TreeMap<Integer, List<VirtualHost>>();
        scope.hosts().stream()
                .flatMap(service -> service.ports().stream())
                .filter(port -> port.protocol().isHttp())
                .forEach(port -> result.computeIfAbsent(port.number(), number -> hosts.at(number, pod)));
        return result;
    }

    private static RouteTable table(String name, List<VirtualHost> hosts, List<VirtualHost> rest) {
        var all = new ArrayList<VirtualHost>();
        var taken = new HashSet<String>();
        // A VirtualService may be about a name that is also an alias of a Service; Envoy refuses a domain that occurs
        // twice.
        for (var host : Stream.concat(hosts.stream(), rest.stream()).toList()) {
            var free = host.domains().stream().filter(taken::add).toList();
            if (!free.isEmpty()) {
                all.add(host.withDomains(free));
            }
        }
        return new RouteTable(name, false, List.copyOf(all));
    }

    /** Port 15001 serves all ports at once: only port 80 may be left out of the Host header there. */
    private static VirtualHost forProxyPort(VirtualHost host, int port) {
        var domains = port == HTTP
                ? host.domains()
                : host.domains().stream().filter(d -> d.contains(":")).toList();
        return host.withDomains(domains);
    }
}
