package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.ir.TcpConnections;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.ir.TcpRoute.Target;
import dev.binnacle.mesh.istio.ConnectionRule;
import dev.binnacle.mesh.istio.ConnectionRule.Match;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where connections to a Service's TCP or TLS port go, and those to a gateway's. */
public final class ConnectionRoutes {
    private final Registry registry;
    private final Destinations destinations;
    private final TcpCompiler tcp;
    private final Map<Scope, List<VirtualService>> ruling = new HashMap<>();

    ConnectionRoutes(Registry registry, Destinations destinations, TcpCompiler tcp) {
        this.registry = registry;
        this.destinations = destinations;
        this.tcp = tcp;
    }

    /** Returns the routes of a sidecar's listener for a Service's port, the last of them for all that is left. */
    List<TcpRoute> inMesh(MeshHost service, Service.Port port, Pod pod) {
        var owners = ruling(registry.scope(pod)).stream()
                .filter(owner -> concerns(owner, service.host()))
                .toList();
        var caller = new Caller(pod, VirtualService.MESH, port.number());
        var ruled = port.protocol() == Protocol.TLS ? byName(owners, caller) : byAddress(owners, caller);
        boolean complete = port.protocol() == Protocol.TLS
                ? !ruled.isEmpty()
                : ruled.stream().anyMatch(TcpRoute::takesEverything);
        var rest = TcpRoute.to(
                Names.outbound(port.number(), "", service.host()),
                tcp.of(pod, service, ""),
                port.place().origin());
        return distinct(
                complete
                        ? ruled
                        : Stream.concat(ruled.stream(), Stream.of(rest)).toList());
    }

    /** Returns the few VirtualServices that have rules for connections in the mesh. */
    List<VirtualService> ruling(Scope scope) {
        return ruling.computeIfAbsent(
                scope,
                s -> s.virtualServices().stream()
                        .filter(owner -> owner.isForMesh()
                                && !(owner.tcp().isEmpty() && owner.tls().isEmpty()))
                        .toList());
    }

    /** Envoy refuses a listener that has two routes for one name and block of addresses: the first one counts. */
    private static List<TcpRoute> distinct(List<TcpRoute> routes) {
        var taken = new HashSet<List<String>>();
        var result = new ArrayList<TcpRoute>();
        for (var route : routes) {
            var names = free(
                    route.names(), name -> anyOf(route.subnets()).noneMatch(s -> taken.contains(List.of(name, s))));
            var subnets = free(route.subnets(), s -> anyOf(names).noneMatch(name -> taken.contains(List.of(name, s))));
            boolean gone = names.isEmpty() != route.names().isEmpty()
                    || subnets.isEmpty() != route.subnets().isEmpty()
                    || route.takesEverything() && taken.contains(List.of("", ""));
            if (!gone) {
                anyOf(names).forEach(name -> anyOf(subnets).forEach(s -> taken.add(List.of(name, s))));
                result.add(new TcpRoute(names, subnets, route.targets(), route.connections(), route.origin()));
            }
        }
        return List.copyOf(result);
    }

    private static List<String> free(List<String> all, Predicate<String> isFree) {
        return all.stream().distinct().filter(isFree).toList();
    }

    /** Stands for no condition by an empty text. */
    private static Stream<String> anyOf(List<String> condition) {
        return condition.isEmpty() ? Stream.of("") : condition.stream();
    }

    private List<TcpRoute> byName(List<VirtualService> owners, Caller caller) {
        var result = new ArrayList<TcpRoute>();
        Set<List<List<String>>> seen = new HashSet<>();
        List<String> subnets = List.of();
        for (var owner : owners) {
            for (var rule : owner.tls()) {
                for (var match : rule.matches()) {
                    if (!concerns(match, owner, caller)) {
                        continue;
                    }
                    // Istio's subnets of one condition hold for all that come after it and have none.
                    subnets = match.subnets().isEmpty() ? subnets : match.subnets();
                    if (seen.add(List.of(match.names(), match.subnets()))) {
                        result.add(route(names(match), subnets, owner, rule, caller));
                    }
                }
            }
        }
        return List.copyOf(result);
    }

    private static List<String> names(Match match) {
        return match.names().contains("*") ? List.of() : match.names();
    }

    private List<TcpRoute> byAddress(List<VirtualService> owners, Caller caller) {
        var result = new ArrayList<TcpRoute>();
        for (var owner : owners) {
            for (var rule : owner.tcp()) {
                var matches = rule.matches().stream()
                        .filter(match -> concerns(match, owner, caller))
                        .toList();
                var subnets = matches.stream()
                        .flatMap(match -> match.subnets().stream())
                        .toList();
                boolean all = rule.matches().isEmpty()
                        || matches.stream().anyMatch(match -> match.subnets().isEmpty());
                if (all || !subnets.isEmpty()) {
                    result.add(route(List.of(), all ? List.of() : subnets, owner, rule, caller));
                }
                if (all) {
                    return List.copyOf(result);
                }
            }
        }
        return List.copyOf(result);
    }

    /** Returns the first rule that VirtualServices bound to a gateway have for one of its ports. */
    public Optional<TcpRoute> atGateway(List<VirtualService> bound, Caller caller) {
        return bound.stream()
                .flatMap(owner -> owner.tcp().stream()
                        .filter(rule -> rule.matches().isEmpty()
                                || rule.matches().stream().anyMatch(match -> isFor(match, owner, caller)))
                        .map(rule -> route(List.of(), List.of(), owner, rule, caller)))
                .findFirst();
    }

    /** Returns what these have for the names that TLS clients ask one of its ports for, in order. */
    public List<TcpRoute> atGatewayByName(List<VirtualService> bound, Caller caller) {
        return bound.stream()
                .flatMap(owner -> owner.tls().stream()
                        .flatMap(rule -> rule.matches().stream()
                                .filter(match -> isFor(match, owner, caller))
                                .map(match -> route(match.names(), List.of(), owner, rule, caller))))
                .toList();
    }

    /** Rules for connections are about a host also where it is the host that is the wildcard. */
    private static boolean concerns(VirtualService owner, String host) {
        return owner.hosts().stream()
                .map(own -> Hosts.resolve(own.text(), owner.ref().namespace()))
                .anyMatch(own -> Hosts.intersection(own, host).isPresent());
    }

    private static boolean concerns(Match match, VirtualService owner, Caller caller) {
        return CallerConditions.unmetByConnection(match, owner, caller.pod(), caller.gateway(), caller.port())
                .isEmpty();
    }

    private static boolean isFor(Match match, VirtualService owner, Caller caller) {
        return CallerConditions.unmetByPlace(match, owner, caller.gateway(), caller.port())
                .isEmpty();
    }

    private TcpRoute route(
            List<String> names, List<String> subnets, VirtualService owner, ConnectionRule rule, Caller caller) {
        return new TcpRoute(
                names, subnets, targets(owner, rule, caller), connections(owner, rule, caller), origin(rule));
    }

    /** Of several destinations the first decides, and what is said for its subset does not count. */
    private TcpConnections connections(VirtualService owner, ConnectionRule rule, Caller caller) {
        var first = rule.destinations().getFirst();
        return destinations
                .service(owner, first, caller)
                .map(service ->
                        tcp.of(caller.pod(), service, rule.destinations().size() == 1 ? first.subset() : ""))
                .orElse(TcpConnections.DEFAULT);
    }

    private List<Target> targets(VirtualService owner, ConnectionRule rule, Caller caller) {
        return rule.destinations().stream()
                .filter(d -> d.weight() > 0 || rule.destinations().size() == 1)
                .map(d -> new Target(destinations.ofConnections(owner, d, caller), d.weight()))
                .toList();
    }

    private static Origin origin(ConnectionRule rule) {
        return rule.place().origin();
    }
}
