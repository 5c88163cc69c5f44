package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets clients ask port 15001 for a tunnel to a host's port by CONNECT: the way for TLS, for TCP, and for ports below 1024. What
 * goes through is not looked into, so it follows no rule of a VirtualService.
 */
final class Tunnels {
    private Tunnels() {}

    /** Returns {@code hosts}, those of port 15001, with tunnels to everything in the scope. */
    static List<VirtualHost> addTo(List<VirtualHost> hosts, Scope scope, String namespace) {
        var result = new LinkedHashMap<String, VirtualHost>();
        hosts.forEach(host -> result.put(host.name(), host));
        for (var host : scope.hosts()) {
            host.ports().forEach(port -> add(host, port, namespace, result));
        }
        return List.copyOf(result.values());
    }

    private static void add(MeshHost host, Service.Port port, String namespace, Map<String, VirtualHost> hosts) {
        String name = host.host() + ":" + port.number();
        var route =
                to(Names.outbound(port.number(), "", host.host()), port.place().origin());
        var known = hosts.get(name);
        hosts.put(
                name,
                known == null
                        ? new VirtualHost(
                                name, domains(host, port, namespace), false, false, List.of(route), route.origin())
                        : with(route, known));
    }

    private static List<String> domains(MeshHost host, Service.Port port, String namespace) {
        return Names.domains(host.host(), port.number(), namespace).stream()
                .filter(domain -> domain.contains(":"))
                .toList();
    }

    static VirtualHost with(Route tunnel, VirtualHost host) {
        var routes = new ArrayList<Route>();
        routes.add(tunnel);
        routes.addAll(host.routes());
        return new VirtualHost(
                host.name(), host.domains(), host.inMesh(), host.httpsOnly(), List.copyOf(routes), host.origin());
    }

    static Route to(String cluster, Origin origin) {
        return Route.plain("tunnel", origin, RouteMatch.TUNNEL, new RouteAction.Tunnel(cluster));
    }
}
