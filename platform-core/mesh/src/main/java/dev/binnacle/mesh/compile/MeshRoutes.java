package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The virtual hosts of a sidecar: which VirtualService decides about a host inside of the mesh, and what follows. */
final class MeshRoutes {
    /** A host of a VirtualService for the mesh. */
    private record Claim(String host, VirtualService owner) {
        boolean isWildcard() {
            return host.startsWith("*");
        }
    }

    private static final int HTTP = 80;

    private final Scope scope;
    private final RouteCompiler routes;
    private final Map<VirtualService, List<Claim>> claims = new LinkedHashMap<>();
    private final Map<String, VirtualService> owners = new TreeMap<>();

    MeshRoutes(Scope scope, RouteCompiler routes) {
        this.scope = scope;
        this.routes = routes;
        scope.virtualServices().stream()
                .filter(VirtualService::isForMesh)
                .forEach(service -> claims.put(service, claims(service)));
        scope.hosts().forEach(service -> owner(service.host()).ifPresent(owner -> owners.put(service.host(), owner)));
    }

    private static List<Claim> claims(VirtualService owner) {
        return owner.hosts().stream()
                .map(host -> new Claim(Hosts.resolve(host.text(), owner.ref().namespace()), owner))
                .toList();
    }

    /** Returns the VirtualService that decides about a host: that of the most specific name, the first of several. */
    private Optional<VirtualService> owner(String host) {
        return claims.values().stream()
                .flatMap(List::stream)
                .filter(claim -> Hosts.covers(claim.host(), host))
                .min(Comparator.comparing(Claim::isWildcard)
                        .thenComparingInt(claim -> -claim.host().length()))
                .map(Claim::owner);
    }

    /**
     * Returns the virtual hosts at a port, in the order in which they get the names they share: those that
     * VirtualServices decide about, one VirtualService after the other, then the other Services.
     */
    List<VirtualHost> at(int port, Pod pod) {
        var result = new LinkedHashMap<String, VirtualHost>();
        for (var owner : claims.keySet()) {
            var all = routes.compile(owner, new Caller(pod, VirtualService.MESH, port));
            // One without a rule for this caller leaves it to the next, or to the Service's default.
            if (!all.isEmpty()) {
                decided(owner, all, port, pod).forEach(host -> result.putIfAbsent(host.name(), host));
            }
        }
        for (var service : scope.hosts()) {
            httpPort(service, port).ifPresent(p -> {
                var host = virtualHost(service, p, pod, List.of(defaultRoute(service, p)));
                result.putIfAbsent(host.name(), host);
            });
        }
        return new ArrayList<>(result.values());
    }

    /**
     * The hosts of one VirtualService. Names that no Service has at this port are there too, as in Istio: at port 80, and
     * where the VirtualService is about a Service.
     */
    private List<VirtualHost> decided(VirtualService owner, List<Route> all, int port, Pod pod) {
        var services = scope.hosts().stream()
                .filter(service -> decides(owner, service))
                .flatMap(service -> httpPort(service, port).map(p -> virtualHost(service, p, pod, all)).stream())
                .toList();
        if (services.isEmpty() && port != HTTP) {
            return List.of();
        }
        return Stream.concat(
                        claims.getOrDefault(owner, List.of()).stream()
                                .filter(claim -> !isKnown(claim, port))
                                .map(claim -> virtualHost(claim, port, all)),
                        services.stream())
                .toList();
    }

    private boolean decides(VirtualService owner, MeshHost service) {
        return owner.equals(owners.get(service.host()))
                || claims.getOrDefault(owner, List.of()).stream()
                        .anyMatch(claim -> claim.host().equals(service.host()));
    }

    private boolean isKnown(Claim claim, int port) {
        return scope.hosts().stream()
                .anyMatch(s ->
                        Hosts.covers(claim.host(), s.host()) && s.port(port).isPresent());
    }

    /** Returns the virtual hosts at port 80 for names that no Service has at any port. */
    List<VirtualHost> withoutService(Pod pod) {
        return at(HTTP, pod).stream()
                .filter(host -> scope.hosts().stream()
                        .noneMatch(s -> Hosts.covers(host.domains().getFirst(), s.host())))
                .toList();
    }

    private static Optional<Service.Port> httpPort(MeshHost service, int port) {
        return service.port(port).filter(p -> p.protocol().isHttp());
    }

    private static VirtualHost virtualHost(MeshHost service, Service.Port port, Pod pod, List<Route> all) {
        return new VirtualHost(
                service.host() + ":" + port.number(),
                Names.domains(service.host(), port.number(), pod.namespace()),
                true,
                false,
                all,
                port.place().origin());
    }

    private static VirtualHost virtualHost(Claim claim, int port, List<Route> all) {
        String name = claim.host() + ":" + port;
        return new VirtualHost(
                name,
                List.of(claim.host(), name),
                true,
                false,
                all,
                claim.owner().origin());
    }

    private static Route defaultRoute(MeshHost service, Service.Port port) {
        String cluster = Names.outbound(port.number(), "", service.host());
        Origin origin = port.place().origin();
        return Route.plain("default", origin, RouteMatch.EVERYTHING, RouteAction.Forward.to(cluster));
    }
}
