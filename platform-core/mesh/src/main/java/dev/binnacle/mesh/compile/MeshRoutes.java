package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.topology.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which VirtualService decides about a host inside of the mesh, and the routes that follow. */
final class MeshRoutes {
    /** A host of a VirtualService for the mesh. */
    private record Claim(String host, VirtualService service) {}

    private static final int HTTP = 80;

    private final List<Claim> claims;
    private final Registry registry;
    private final RouteCompiler routes;

    MeshRoutes(Registry registry, RouteCompiler routes) {
        this.registry = registry;
        this.routes = routes;
        this.claims = registry.manifests().virtualServices().stream()
                .filter(VirtualService::isForMesh)
                .flatMap(MeshRoutes::claims)
                .toList();
    }

    private static Stream<Claim> claims(VirtualService service) {
        return service.hosts().stream()
                .map(host -> new Claim(Hosts.resolve(host.text(), service.ref().namespace()), service));
    }

    /**
     * Returns the routes that a VirtualService has for a Service: that of the most specific name, the first of several,
     * and among them the first with a rule for this caller. Empty when there is none.
     */
    Optional<List<Route>> forService(Pod pod, Service service, Service.Port port) {
        var caller = new Caller(pod, VirtualService.MESH, port.number());
        return claims.stream()
                .filter(claim -> Hosts.covers(claim.host(), service.host()))
                .sorted(Comparator.<Claim>comparingInt(claim -> claim.host().startsWith("*") ? 1 : 0)
                        .thenComparingInt(claim -> -claim.host().length()))
                .map(claim -> routes.compile(claim.service(), caller))
                .filter(all -> !all.isEmpty())
                .findFirst();
    }

    /**
     * Returns the virtual hosts for names that no Service has at this port; clients reach them through the proxy port or
     * by Host. As in Istio they are at port 80, and at the ports of the Services the same VirtualService is about.
     */
    List<VirtualHost> withoutService(Pod pod, int port) {
        var byHost = new TreeMap<String, VirtualHost>();
        for (var claim : claims) {
            if (!isKnown(claim, port) && (port == HTTP || isAt(claim.service(), port))) {
                var host = virtualHost(claim.host(), claim.service(), pod, port);
                if (!host.routes().isEmpty()) {
                    byHost.putIfAbsent(claim.host(), host);
                }
            }
        }
        return List.copyOf(byHost.values());
    }

    /** Returns the virtual hosts at port 80 for names that no Service has at any port. */
    List<VirtualHost> withoutAnyService(Pod pod) {
        return withoutService(pod, HTTP).stream()
                .filter(host -> registry.services().stream()
                        .noneMatch(s -> Hosts.covers(host.domains().getFirst(), s.host())))
                .toList();
    }

    private boolean isKnown(Claim claim, int port) {
        return claim.host().equals("*")
                || registry.services().stream()
                        .anyMatch(s -> Hosts.covers(claim.host(), s.host())
                                && s.port(port).isPresent());
    }

    private boolean isAt(VirtualService service, int port) {
        return claims.stream()
                .filter(claim -> claim.service().equals(service))
                .anyMatch(claim -> registry.services().stream()
                        .anyMatch(s -> Hosts.covers(claim.host(), s.host())
                                && s.port(port)
                                        .filter(p -> p.protocol().isHttp())
                                        .isPresent()));
    }

    private VirtualHost virtualHost(String host, VirtualService owner, Pod pod, int port) {
        return new VirtualHost(
                host + ":" + port,
                List.of(host, host + ":" + port),
                true,
                false,
                routes.compile(owner, new Caller(pod, VirtualService.MESH, port)),
                owner.origin());
    }
}
