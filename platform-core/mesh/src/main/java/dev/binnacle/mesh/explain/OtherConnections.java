package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.compile.CallerConditions;
import dev.binnacle.mesh.explain.Explanation.Other;
import dev.binnacle.mesh.explain.Explanation.Rule;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.istio.ConnectionRule;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why the other rules for connections to a host do not decide one. */
final class OtherConnections {
    private final Manifests manifests;
    private final Origins origins;
    private final Pod pod;

    OtherConnections(Manifests manifests, Origins origins, Pod pod) {
        this.manifests = manifests;
        this.origins = origins;
        this.pod = pod;
    }

    /**
     * A connection.
     *
     * @param host the full name of the host that is called
     * @param named what a TLS client names
     * @param port the port that is called
     * @param address the address that is called
     */
    record Asked(String host, String named, int port, String address) {}

    /** Returns the rules that the proxy has beside the decisive one, and then those that it does not know. */
    List<Other> of(List<TcpRoute> routes, Optional<TcpRoute> decisive, Asked asked) {
        var result = new ArrayList<Other>();
        routes.stream()
                .filter(route -> !decisive.equals(Optional.of(route)))
                .map(route ->
                        new Other(origins.rule(route.origin(), ""), Leads.to(route.targets()), unmet(route, asked)))
                .forEach(result::add);
        var known = routes.stream().map(TcpRoute::origin).collect(Collectors.toCollection(HashSet::new));
        for (var service : manifests.virtualServices()) {
            if (isAbout(service, asked.host())) {
                result.addAll(unknown(service, known, asked.port()));
            }
        }
        return List.copyOf(result);
    }

    private static List<String> unmet(TcpRoute route, Asked asked) {
        var result = new ArrayList<String>();
        if (!ConnectionSearch.goesTo(route, asked.address())) {
            result.add("it is for addresses in " + String.join(", ", route.subnets()) + ", this is " + asked.address());
        }
        if (!ConnectionSearch.names(route, asked.named())) {
            result.add("it is for clients that name " + String.join(", ", route.names()) + ", this one names "
                    + asked.named());
        }
        return result.isEmpty() ? List.of("it would match, but a narrower rule comes first") : List.copyOf(result);
    }

    /** A rule may have several conditions, of which the proxy is told those that it can meet. */
    private List<Other> unknown(VirtualService service, Set<Origin> known, int port) {
        var rules = Stream.concat(service.tcp().stream(), service.tls().stream())
                .filter(rule -> !known.contains(rule.place().origin()))
                .toList();
        return rules.isEmpty() ? List.of() : unknown(service, rules, port);
    }

    private List<Other> unknown(VirtualService service, List<ConnectionRule> rules, int port) {
        if (!service.isForMesh()) {
            return List.of(whole(service, "it is for gateways only"));
        }
        if (service.exports().filter(exports -> !exports.to(pod.namespace())).isPresent()) {
            return List.of(whole(service, "its exportTo does not name namespace " + pod.namespace()));
        }
        return rules.stream()
                .map(rule -> new Other(
                        origins.rule(rule.place().origin(), ""),
                        Leads.toConnections(rule, service.ref().namespace()),
                        reasons(rule, service, port)))
                .toList();
    }

    private List<String> reasons(ConnectionRule rule, VirtualService service, int port) {
        var unmet = rule.matches().stream()
                .map(match -> CallerConditions.unmetByConnection(match, service, pod, VirtualService.MESH, port))
                .toList();
        if (!unmet.isEmpty() && unmet.stream().noneMatch(List::isEmpty)) {
            return unmet.stream().flatMap(List::stream).distinct().toList();
        }
        boolean byName = service.tls().contains(rule);
        return List.of(
                byName
                        ? "it is for connections that begin with TLS, or a rule before it takes them all"
                        : "it is for connections without TLS, or a rule before it takes them all");
    }

    private Other whole(VirtualService service, String reason) {
        var origin = service.origin();
        return new Other(new Rule(origin.file(), origin.line(), "", service.ref()), "", List.of(reason));
    }

    private static boolean isAbout(VirtualService service, String host) {
        return service.hosts().stream()
                .anyMatch(own -> Hosts.intersection(
                                Hosts.resolve(own.text(), service.ref().namespace()), host)
                        .isPresent());
    }
}
