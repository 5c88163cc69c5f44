package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.Memory.Sight;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.Same;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients ask port 15001 for a tunnel to a host's port by CONNECT: the way for TLS, for TCP, and for ports below 1024. What
 * goes through is not looked into, so it follows no rule of a VirtualService.
 */
final class Tunnels {
    /** @param known the virtual host that is there already */
    private record TunnelKey(Sight sight, Same<MeshHost> host, int port, Same<@Nullable VirtualHost> known)
            implements Carried.Key<VirtualHost> {}

    private final Memory memory;
    private final Scope scope;
    private final Sight sight;

    Tunnels(Memory memory, Scope scope, Sight sight) {
        this.memory = memory;
        this.scope = scope;
        this.sight = sight;
    }

    /** Adds tunnels to everything in the scope to the virtual hosts of port 15001, by name. */
    void addTo(Map<String, VirtualHost> hosts) {
        for (var host : scope.hosts()) {
            for (var port : host.ports()) {
                hosts.compute(
                        host.host() + ":" + port.number(),
                        (name, known) -> memory.get(
                                new TunnelKey(sight, new Same<>(host), port.number(), new Same<>(known)),
                                () -> tunnel(name, host, port, known)));
            }
        }
    }

    private VirtualHost tunnel(String name, MeshHost host, Service.Port port, @Nullable VirtualHost known) {
        var route =
                to(Names.outbound(port.number(), "", host.host()), port.place().origin());
        return known == null
                ? new VirtualHost(name, domains(host, port), false, false, List.of(route), route.origin())
                : with(route, known);
    }

    private List<String> domains(MeshHost host, Service.Port port) {
        return Names.domains(host.host(), port.number(), scope.namespace()).stream()
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
