package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.compile.CallerConditions;
import dev.binnacle.mesh.compile.gateway.Gateways;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.explain.Explanation.Other;
import dev.binnacle.mesh.explain.Explanation.Rule;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.VirtualServices;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why the other rules that are about a host do not decide a request. */
final class OtherRules {
    private final List<VirtualService> services;
    private final Origins origins;
    private final Pod pod;
    private final List<String> gateways;

    OtherRules(Manifests manifests, Origins origins, Pod pod) {
        this.services = new VirtualServices(manifests).inForce();
        this.origins = origins;
        this.pod = pod;
        this.gateways = pod.kind() == PodKind.GATEWAY ? served(manifests, pod) : List.of(VirtualService.MESH);
    }

    private static List<String> served(Manifests manifests, Pod pod) {
        return manifests.gateways().stream()
                .filter(gateway -> gateway.selects(pod.namespace(), pod.labels()))
                .map(Gateways::idOf)
                .toList();
    }

    /**
     * Returns the rules that the proxy tried, in its order, and then those that it does not know.
     *
     * @param asked the host that the client named
     */
    List<Other> of(VirtualHost host, Optional<Route> decisive, RequestMatcher matcher, String asked) {
        var result = new ArrayList<Other>();
        var known = host.routes().stream().map(Route::origin).collect(Collectors.toSet());
        // A delegated rule stands in another file than its owner.
        var owners = services.stream()
                .filter(service -> service.http().stream()
                        .anyMatch(rule -> known.contains(rule.place().origin())))
                .map(VirtualService::ref)
                .collect(Collectors.toSet());
        result.addAll(tried(host, decisive, matcher));
        for (var service : services) {
            if (owners.contains(service.ref())) {
                result.addAll(unknown(service, host));
            } else if (isAbout(service, asked) && !service.http().isEmpty()) {
                result.addAll(without(service, owners, host, asked));
            }
        }
        return List.copyOf(result);
    }

    private List<Other> tried(VirtualHost host, Optional<Route> decisive, RequestMatcher matcher) {
        var result = new ArrayList<Other>();
        boolean decided = false;
        for (var route : host.routes()) {
            if (decisive.equals(Optional.of(route))) {
                decided = true;
                continue;
            }
            var unmet = matcher.unmet(route.match());
            var reasons =
                    decided && unmet.isEmpty() ? List.of("it would match, but the route above comes first") : unmet;
            result.add(new Other(origins.rule(route.origin(), route.name()), Leads.to(route.action()), reasons));
        }
        return result;
    }

    /** The rules of a VirtualService of which the proxy was told others. */
    private List<Other> unknown(VirtualService service, VirtualHost host) {
        return service.http().stream()
                .flatMap(rule -> rule.matches().isEmpty()
                        ? hidden(rule, rule.name(), host)
                        : rule.matches().stream().flatMap(match -> {
                            var reasons = unmet(match, service, host);
                            return reasons.isEmpty()
                                    ? hidden(rule, rule.nameOf(match), host)
                                    : Stream.of(other(rule, rule.nameOf(match), reasons));
                        }))
                .toList();
    }

    private Stream<Other> hidden(HttpRule rule, String name, VirtualHost host) {
        boolean known = host.routes().stream()
                .anyMatch(route -> route.origin().equals(rule.place().origin())
                        && route.name().equals(name));
        return known ? Stream.empty() : Stream.of(other(rule, name, List.of("a rule before it takes every request")));
    }

    private Other other(HttpRule rule, String name, List<String> reasons) {
        var written = origins.rule(rule.place().origin(), name);
        String namespace = written.resource() == null
                ? pod.namespace()
                : written.resource().namespace();
        return new Other(written, Leads.to(rule, namespace), reasons);
    }

    /** A VirtualService for the host of which the proxy was told nothing. */
    private List<Other> without(VirtualService service, Set<ResourceRef> owners, VirtualHost host, String asked) {
        if (!isBound(service)) {
            return List.of(whole(service, "it is for " + bound(service) + ", not for " + String.join(", ", gateways)));
        }
        if (service.exports().filter(exports -> !exports.to(pod.namespace())).isPresent()) {
            return List.of(whole(service, "its exportTo does not name namespace " + pod.namespace()));
        }
        if (service.http().stream().allMatch(rule -> isForOthers(rule, service, host))) {
            return unknown(service, host);
        }
        String winner =
                owners.stream().map(ref -> ref + " decides about " + asked).collect(Collectors.joining(", "));
        return List.of(whole(service, winner.isEmpty() ? "none of its rules reaches this proxy" : winner));
    }

    private boolean isForOthers(HttpRule rule, VirtualService service, VirtualHost host) {
        return !rule.matches().isEmpty()
                && rule.matches().stream()
                        .noneMatch(match -> unmet(match, service, host).isEmpty());
    }

    private static Other whole(VirtualService service, String reason) {
        var origin = service.origin();
        return new Other(new Rule(origin.file(), origin.line(), "", service.ref()), "", List.of(reason));
    }

    /** A gateway's pod may serve several Gateways: it is enough when a condition holds for one of them. */
    private List<String> unmet(VirtualService.Match match, VirtualService service, VirtualHost host) {
        var byGateway = gateways.stream()
                .map(gateway -> CallerConditions.unmet(match, service, pod, gateway, portOf(host)))
                .toList();
        return byGateway.stream().anyMatch(List::isEmpty) || byGateway.isEmpty() ? List.of() : byGateway.getFirst();
    }

    private static int portOf(VirtualHost host) {
        String port = host.name().substring(host.name().lastIndexOf(':') + 1);
        return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 80;
    }

    private boolean isAbout(VirtualService service, String asked) {
        return service.hosts().stream()
                .anyMatch(host ->
                        Hosts.covers(Hosts.requested(host.text(), service.ref().namespace()), asked));
    }

    private boolean isBound(VirtualService service) {
        return Stream.of(bound(service).split(", ", -1)).anyMatch(gateways::contains);
    }

    private static String bound(VirtualService service) {
        return service.gateways().isEmpty()
                ? VirtualService.MESH
                : service.gateways().stream()
                        .map(g -> VirtualService.gatewayName(
                                g.text(), service.ref().namespace()))
                        .collect(Collectors.joining(", "));
    }
}
