package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.PeerAuthentication;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.schema.Exports;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the DestinationRule that holds for a client and a Service. */
final class Rules {
    private final Collection<DestinationRule> rules;

    Rules(List<DestinationRule> rules) {
        this.rules = merged(rules);
    }

    /** Rules of one namespace for one host are one: subsets add up, of the rest the first that says something counts. */
    private static Collection<DestinationRule> merged(List<DestinationRule> rules) {
        var result = new TreeMap<String, DestinationRule>();
        rules.forEach(
                rule -> result.merge(rule.ref().namespace() + "/" + hostOf(rule), rule, DestinationRule::mergedWith));
        return result.values();
    }

    /**
     * Looks in the client's namespace first, then in the Service's, then in the root namespace (facts F7). To clients in
     * the root namespace, gateways most often, its rules are for the whole mesh, so the Service's own go first.
     */
    Optional<DestinationRule> of(String clientNamespace, MeshHost service) {
        return Stream.of(clientNamespace, service.namespace())
                .filter(namespace -> !namespace.equals(PeerAuthentication.ROOT_NAMESPACE))
                .distinct()
                .flatMap(namespace -> in(namespace, service.host(), clientNamespace).stream())
                .findFirst()
                .or(() -> in(PeerAuthentication.ROOT_NAMESPACE, service.host(), clientNamespace));
    }

    /** Tells whether a route written in {@code namespace} may name this subset of the Service. */
    boolean hasSubset(String namespace, MeshHost service, String subset) {
        return of(namespace, service).flatMap(rule -> rule.subset(subset)).isPresent();
    }

    static String hostOf(DestinationRule rule) {
        return Hosts.resolve(rule.host().text(), rule.ref().namespace());
    }

    /** Of the rules of {@code namespace} that the client may see, that for the most specific host wins. */
    private Optional<DestinationRule> in(String namespace, String host, String clientNamespace) {
        return rules.stream()
                .filter(rule -> rule.exports().orElse(Exports.EVERYONE).to(clientNamespace))
                .filter(rule -> rule.ref().namespace().equals(namespace) && Hosts.covers(hostOf(rule), host))
                .min(Comparator.comparingInt(rule -> -specificity(hostOf(rule))));
    }

    private static int specificity(String host) {
        return host.startsWith("*") ? host.length() : 1000 + host.length();
    }
}
