package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.Memory.Sight;
import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.Same;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The virtual hosts of a sidecar: which VirtualService decides about a host inside of the mesh, and what follows. */
final class MeshRoutes {
    /**
     * Who asks.
     *
     * @param pod one of those with this sight
     */
    record From(Pod pod, Sight sight) {}

    /**
     * A VirtualService with the hosts it decides about.
     *
     * @param claims all it names
     * @param hosts those of the registry
     */
    private record Owner(VirtualService service, List<String> claims, List<MeshHost> hosts) {}

    private record RoutesKey(Sight sight, Same<VirtualService> owner, int port) implements Carried.Key<List<Route>> {}

    /** @param routes a Service's own if they are not there */
    private record HostKey(Sight sight, Same<MeshHost> host, int port, Same<@Nullable List<Route>> routes)
            implements Carried.Key<VirtualHost> {}

    private record ClaimKey(Same<VirtualService> owner, String host, int port, Same<List<Route>> routes)
            implements Carried.Key<VirtualHost> {}

    private static final int HTTP = 80;

    private final RouteCompiler routes;
    private final Memory memory;
    private final List<Owner> owners;
    private final SortedMap<String, MeshHost> hosts = new TreeMap<>();
    private final Map<String, List<Owner>> byName = new HashMap<>();
    private final Map<String, Owner> byWildcard =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    MeshRoutes(Scope scope, RouteCompiler routes, Memory memory) {
        this.routes = routes;
        this.memory = memory;
        this.owners = scope.virtualServices().stream()
                .filter(VirtualService::isForMesh)
                .map(service -> new Owner(service, claims(service), new ArrayList<>()))
                .toList();
        owners.forEach(owner -> owner.claims().stream().distinct().forEach(claim -> register(owner, claim)));
        scope.hosts().stream().map(MeshHost::asRequested).forEach(host -> hosts.putIfAbsent(host.host(), host));
        hosts.values().forEach(this::assign);
    }

    private static List<String> claims(VirtualService owner) {
        return owner.hosts().stream()
                .map(host -> Hosts.requested(host.text(), owner.ref().namespace()))
                .toList();
    }

    private void register(Owner owner, String claim) {
        if (claim.startsWith("*")) {
            byWildcard.putIfAbsent(claim, owner);
        } else {
            byName.computeIfAbsent(claim, name -> new ArrayList<>()).add(owner);
        }
    }

    /** All that name the host itself may decide about it, one after the other; else the first with the longest wildcard. */
    private void assign(MeshHost host) {
        var naming = byName.getOrDefault(host.host(), List.of());
        naming.forEach(owner -> owner.hosts().add(host));
        if (naming.isEmpty()) {
            byWildcard.entrySet().stream()
                    .filter(claim -> Hosts.covers(claim.getKey(), host.host()))
                    .findFirst()
                    .ifPresent(claim -> claim.getValue().hosts().add(host));
        }
    }

    /**
     * Returns the virtual hosts at a port, in the order in which they get the names they share: those that
     * VirtualServices decide about, one VirtualService after the other, then the other Services.
     */
    List<VirtualHost> at(int port, From from) {
        var result = new LinkedHashMap<String, VirtualHost>();
        for (var owner : owners) {
            var all = memory.get(
                    new RoutesKey(from.sight(), new Same<>(owner.service()), port),
                    () -> routes.compile(owner.service(), new Caller(from.pod(), VirtualService.MESH, port)));
            // One without a rule for this caller leaves it to the next, or to the Service's default.
            if (!all.isEmpty()) {
                decided(owner, all, port, from).forEach(host -> result.putIfAbsent(host.name(), host));
            }
        }
        for (var service : hosts.values()) {
            httpPort(service, port)
                    .map(p -> virtualHost(service, p, from, null))
                    .ifPresent(host -> result.putIfAbsent(host.name(), host));
        }
        return new ArrayList<>(result.values());
    }

    /**
     * The hosts of one VirtualService. Names that no Service has at this port are there too, as in Istio: at port 80, and
     * where the VirtualService is about a Service.
     */
    private List<VirtualHost> decided(Owner owner, List<Route> all, int port, From from) {
        if (owner.service().gatewayApi() && owner.hosts().stream().noneMatch(host -> isRouted(host, owner, from))) {
            return List.of();
        }
        var services = owner.hosts().stream()
                .flatMap(service -> httpPort(service, port).map(p -> virtualHost(service, p, from, all)).stream())
                .toList();
        if (services.isEmpty() && (port != HTTP || owner.service().gatewayApi())) {
            return List.of();
        }
        return Stream.concat(
                        owner.claims().stream()
                                .filter(claim -> !isKnown(claim, port))
                                .map(claim -> virtualHost(owner.service(), claim, port, all)),
                        services.stream())
                .toList();
    }

    /** A route of Gateway API is for all callers in the Service's namespace, in another one for the callers there. */
    private static boolean isRouted(MeshHost host, Owner owner, From from) {
        String namespace = owner.service().ref().namespace();
        return host.namespace().equals(namespace) || from.pod().namespace().equals(namespace);
    }

    private boolean isKnown(String claim, int port) {
        return covered(claim).anyMatch(s -> s.port(port).isPresent());
    }

    private Stream<MeshHost> covered(String host) {
        return host.startsWith("*")
                ? hosts.values().stream().filter(s -> Hosts.covers(host, s.host()))
                : Stream.ofNullable(hosts.get(host));
    }

    /** Returns the virtual hosts at port 80 for names that no Service has at any port. */
    List<VirtualHost> withoutService(From from) {
        return at(HTTP, from).stream()
                .filter(host -> covered(host.domains().getFirst()).findFirst().isEmpty())
                .toList();
    }

    private static Optional<Service.Port> httpPort(MeshHost service, int port) {
        return service.port(port).filter(p -> p.protocol().isHttp());
    }

    /** @param ruled the routes that a VirtualService has for it */
    private VirtualHost virtualHost(MeshHost service, Service.Port port, From from, @Nullable List<Route> ruled) {
        var key = new HostKey(from.sight(), new Same<>(service), port.number(), new Same<@Nullable List<Route>>(ruled));
        return memory.get(
                key,
                () -> new VirtualHost(
                        service.host() + ":" + port.number(),
                        domains(service, port, from.pod()),
                        !service.isExternal(),
                        false,
                        ruled == null ? List.of(defaultRoute(service, port, from.pod())) : ruled,
                        port.place().origin()));
    }

    /** Pods of a headless Service may have names below its own. */
    private static List<String> domains(MeshHost service, Service.Port port, Pod pod) {
        var names = Names.domains(service.host(), port.number(), pod.namespace());
        return service.headless()
                ? names.stream().flatMap(name -> Stream.of(name, "*." + name)).toList()
                : names;
    }

    private VirtualHost virtualHost(VirtualService owner, String claim, int port, List<Route> all) {
        String domain = claim.contains(":") ? "[" + claim + "]" : claim;
        String name = domain + ":" + port;
        return memory.get(
                new ClaimKey(new Same<>(owner), claim, port, new Same<>(all)),
                () -> new VirtualHost(name, List.of(domain, name), true, false, all, owner.origin()));
    }

    private Route defaultRoute(MeshHost service, Service.Port port, Pod pod) {
        Origin origin = port.place().origin();
        return Route.plain("default", origin, RouteMatch.EVERYTHING, routes.plain(service, port, pod));
    }
}
