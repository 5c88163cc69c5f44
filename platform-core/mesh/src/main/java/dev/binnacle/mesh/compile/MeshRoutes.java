package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.ir.Hashing;
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
import java.util.Optional;
import java.util.stream.Stream;

/** The virtual hosts of a sidecar: which VirtualService decides about a host inside of the mesh, and what follows. */
final class MeshRoutes {
    /** A host of a VirtualService for the mesh. */
    private record Claim(String host) {
        static final Comparator<Claim> BY_SPECIFICITY = Comparator.comparing(Claim::isWildcard)
                .thenComparingInt(claim -> -claim.host().length());

        boolean isWildcard() {
            return host.startsWith("*");
        }
    }

    /** A VirtualService with the hosts it decides about, those of the registry and all it names. */
    private record Owner(VirtualService service, List<Claim> claims, List<MeshHost> hosts) {}

    private static final int HTTP = 80;

    private final Scope scope;
    private final RouteCompiler routes;
    private final List<Owner> owners;

    MeshRoutes(Scope scope, RouteCompiler routes) {
        this.scope = scope;
        this.routes = routes;
        this.owners = scope.virtualServices().stream()
                .filter(VirtualService::isForMesh)
                .map(service -> new Owner(service, claims(service), new ArrayList<>()))
                .toList();
        scope.hosts().forEach(this::assign);
    }

    private static List<Claim> claims(VirtualService owner) {
        return owner.hosts().stream()
                .map(host -> new Claim(Hosts.resolve(host.text(), owner.ref().namespace())))
                .toList();
    }

    /** The most specific name decides about a host, the first of several; all that name the host itself may follow. */
    private void assign(MeshHost host) {
        Owner decider = null;
        Claim best = null;
        for (var owner : owners) {
            boolean named = false;
            for (var claim : owner.claims()) {
                named |= claim.host().equals(host.host());
                if (Hosts.covers(claim.host(), host.host())
                        && (best == null || Claim.BY_SPECIFICITY.compare(claim, best) < 0)) {
                    best = claim;
                    decider = owner;
                }
            }
            if (named) {
                owner.hosts().add(host);
            }
        }
        if (decider != null && best != null && best.isWildcard()) {
            decider.hosts().add(host);
        }
    }

    /**
     * Returns the virtual hosts at a port, in the order in which they get the names they share: those that
     * VirtualServices decide about, one VirtualService after the other, then the other Services.
     */
    List<VirtualHost> at(int port, Pod pod) {
        var result = new LinkedHashMap<String, VirtualHost>();
        for (var owner : owners) {
            var all = routes.compile(owner.service(), new Caller(pod, VirtualService.MESH, port));
            // One without a rule for this caller leaves it to the next, or to the Service's default.
            if (!all.isEmpty()) {
                decided(owner, all, port, pod).forEach(host -> result.putIfAbsent(host.name(), host));
            }
        }
        for (var service : scope.hosts()) {
            httpPort(service, port).ifPresent(p -> {
                var host = virtualHost(
                        service, p, pod, List.of(defaultRoute(service, p, routes.hashing(pod, service, p))));
                result.putIfAbsent(host.name(), host);
            });
        }
        return new ArrayList<>(result.values());
    }

    /**
     * The hosts of one VirtualService. Names that no Service has at this port are there too, as in Istio: at port 80, and
     * where the VirtualService is about a Service.
     */
    private List<VirtualHost> decided(Owner owner, List<Route> all, int port, Pod pod) {
        var services = owner.hosts().stream()
                .flatMap(service -> httpPort(service, port).map(p -> virtualHost(service, p, pod, all)).stream())
                .toList();
        if (services.isEmpty() && port != HTTP) {
            return List.of();
        }
        return Stream.concat(
                        owner.claims().stream()
                                .filter(claim -> !isKnown(claim, port))
                                .map(claim -> virtualHost(owner.service(), claim, port, all)),
                        services.stream())
                .toList();
    }

    private boolean isKnown(Claim claim, int port) {
        return covered(claim.host()).anyMatch(s -> s.port(port).isPresent());
    }

    private Stream<MeshHost> covered(String host) {
        return host.startsWith("*")
                ? scope.hosts().stream().filter(s -> Hosts.covers(host, s.host()))
                : scope.host(host).stream();
    }

    /** Returns the virtual hosts at port 80 for names that no Service has at any port. */
    List<VirtualHost> withoutService(Pod pod) {
        return at(HTTP, pod).stream()
                .filter(host -> covered(host.domains().getFirst()).findFirst().isEmpty())
                .toList();
    }

    private static Optional<Service.Port> httpPort(MeshHost service, int port) {
        return service.port(port).filter(p -> p.protocol().isHttp());
    }

    private static VirtualHost virtualHost(MeshHost service, Service.Port port, Pod pod, List<Route> all) {
        return new VirtualHost(
                service.host() + ":" + port.number(),
                domains(service, port, pod),
                !service.isExternal(),
                false,
                all,
                port.place().origin());
    }

    /** Pods of a headless Service may have names below its own. */
    private static List<String> domains(MeshHost service, Service.Port port, Pod pod) {
        var names = Names.domains(service.host(), port.number(), pod.namespace());
        return service.headless()
                ? names.stream().flatMap(name -> Stream.of(name, "*." + name)).toList()
                : names;
    }

    private static VirtualHost virtualHost(VirtualService owner, Claim claim, int port, List<Route> all) {
        String name = claim.host() + ":" + port;
        return new VirtualHost(name, List.of(claim.host(), name), true, false, all, owner.origin());
    }

    private static Route defaultRoute(MeshHost service, Service.Port port, List<Hashing> hashing) {
        String cluster = Names.outbound(port.number(), "", service.host());
        Origin origin = port.place().origin();
        return Route.plain(
                "default",
                origin,
                RouteMatch.EVERYTHING,
                RouteAction.Forward.to(cluster).hashing(hashing));
    }
}
