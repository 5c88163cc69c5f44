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

    /** Returns the routes that a VirtualService has for a Service; empty when none is about it. */
    Optional<List<Route>> forService(Pod pod, Service service, Service.Port port) {
        return owner(service.host())
                .filter(owner -> !owner.http().isEmpty())
                .map(owner -> routes.compile(owner, new Caller(pod, VirtualService.MESH, port.number())));
    }

    /** Returns the VirtualService that decides about a host: that of the most specific name, the first of several. */
    Optional<VirtualService> owner(String host) {
        return claims.stream()
                .filter(claim -> Hosts.covers(claim.host(), host))
                .min(Comparator.<Claim>comparingInt(claim -> claim.host().startsWith("*") ? 1 : 0)
                        .thenComparingInt(claim -> -claim.host().length())
                        .thenComparing(claim -> claim.service().ref()))
                .map(Claim::service);
    }

    /** Returns the virtual hosts for names that no Service has; clients reach them through the proxy port or by Host. */
    List<VirtualHost> withoutService(Pod pod, int port) {
        var byHost = new TreeMap<String, VirtualService>();
        for (var claim : claims) {
            boolean known = registry.services().stream().anyMatch(s -> Hosts.covers(claim.host(), s.host()));
            if (!known && !claim.host().equals("*")) {
                byHost.putIfAbsent(claim.host(), claim.service());
            }
        }
        return byHost.entrySet().stream()
                .map(e -> virtualHost(e.getKey(), e.getValue(), pod, port))
                .filter(host -> !host.routes().isEmpty())
                .toList();
    }

    private VirtualHost virtualHost(String host, VirtualService owner, Pod pod, int port) {
        return new VirtualHost(
                host + ":" + port,
                Names.domains(host, port, pod.namespace()),
                true,
                false,
                routes.compile(owner, new Caller(pod, VirtualService.MESH, port)),
                owner.origin());
    }
}
