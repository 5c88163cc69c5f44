package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.istio.Treatment.Mirroring;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Delegate;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.istio.VirtualService.Match;
import dev.binnacle.mesh.manifest.Manifests;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The VirtualServices in force: those with hosts, each with the rules that it delegates to others. */
public final class VirtualServices {
    private final List<VirtualService> written;
    private final MeshConfig.Default exports;

    public VirtualServices(Manifests manifests) {
        this.written = manifests.virtualServices();
        this.exports = manifests.meshConfig().virtualServices();
    }

    /** Returns those with hosts, in the order they were given in. */
    public List<VirtualService> inForce() {
        return written.stream()
                .filter(service -> !service.hosts().isEmpty())
                .map(this::complete)
                .toList();
    }

    private VirtualService complete(VirtualService service) {
        boolean delegates =
                service.http().stream().anyMatch(rule -> rule.delegate().isPresent());
        return delegates
                ? service.withHttp(service.http().stream()
                        .flatMap(rule -> rules(service, rule))
                        .toList())
                : service;
    }

    private Stream<HttpRule> rules(VirtualService root, HttpRule rule) {
        if (rule.delegate().isEmpty()) {
            return Stream.of(rule);
        }
        var delegation = new Delegation(
                rule.withMatches(qualified(rule.matches(), root.ref().namespace())));
        return delegate(root, rule.delegate().get()).stream()
                .flatMap(delegate -> delegate.http().stream().map(r -> qualified(r, delegate, root)))
                .flatMap(delegated -> delegation.merge(delegated).stream());
    }

    /** Returns the VirtualService that {@code delegate} names: it has no hosts, and {@code root} may see it. */
    public Optional<VirtualService> delegate(VirtualService root, Delegate delegate) {
        String namespace = delegate.namespace().orElse(root.ref().namespace());
        return written.stream()
                .filter(service -> service.hosts().isEmpty()
                        && service.ref().namespace().equals(namespace)
                        && service.ref().name().equals(delegate.name())
                        && exports.of(service.exports(), namespace)
                                .to(root.ref().namespace()))
                .findFirst();
    }

    /** Short names belong to the namespace they were written in, which is not always that of the rule's new owner. */
    private static HttpRule qualified(HttpRule rule, VirtualService owner, VirtualService root) {
        String namespace = owner.ref().namespace();
        var matches = qualified(rule.matches(), namespace);
        if (namespace.equals(root.ref().namespace())) {
            return rule.withMatches(matches);
        }
        var treatment = rule.treatment();
        return new HttpRule(
                rule.name(),
                rule.place(),
                matches,
                rule.destinations().stream().map(d -> qualified(d, namespace)).toList(),
                rule.redirect(),
                rule.delegate(),
                treatment.withMirroring(qualified(treatment.mirroring(), namespace)));
    }

    private static List<Match> qualified(List<Match> matches, String namespace) {
        return matches.stream()
                .map(match -> match.withGateways(match.gateways().stream()
                        .map(name -> VirtualService.gatewayName(name, namespace))
                        .collect(Collectors.toUnmodifiableSet())))
                .toList();
    }

    private static Mirroring qualified(Mirroring mirroring, String namespace) {
        return new Mirroring(
                mirroring.destination().map(d -> qualified(d, namespace)),
                mirroring.percent(),
                mirroring.percentage(),
                mirroring.others().stream()
                        .map(copy -> copy.to(qualified(copy.destination(), namespace)))
                        .toList());
    }

    private static Destination qualified(Destination destination, String namespace) {
        return destination.withHost(Hosts.resolve(destination.host(), namespace));
    }
}
