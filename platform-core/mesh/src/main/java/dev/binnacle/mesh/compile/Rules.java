package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.istio.security.PeerAuthentication;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.topology.Pod;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the DestinationRule that holds for a client and a Service. */
final class Rules {
    /** What pods of a namespace find in it, and what others do. */
    private final Map<String, RuleShelves> own = new HashMap<>();

    private final Map<String, RuleShelves> exported = new HashMap<>();
    private final MeshConfig.Default silent;

    /** Takes the rules in the order in which they count; those for some clients only go before those for all. */
    Rules(Manifests manifests) {
        this.silent = manifests.meshConfig().destinationRules();
        manifests.destinationRules().stream()
                .sorted(Comparator.comparing(rule -> rule.clients().isEmpty()))
                .forEach(this::add);
    }

    private void add(DestinationRule rule) {
        String namespace = rule.ref().namespace();
        var exports = silent.of(RuleShelves.exports(rule), namespace);
        boolean isPrivate = exports.onlyTo(namespace);
        boolean isForMesh = namespace.equals(PeerAuthentication.ROOT_NAMESPACE) && !isPrivate;
        if (exports.to(namespace) && !isForMesh) {
            shelves(own, namespace).add(hostOf(rule), rule);
        }
        if (!isPrivate) {
            shelves(exported, namespace).add(hostOf(rule), rule);
        }
    }

    private static RuleShelves shelves(Map<String, RuleShelves> all, String namespace) {
        return all.computeIfAbsent(namespace, n -> new RuleShelves());
    }

    /** Returns what a pod's proxy follows. */
    Optional<DestinationRule> of(Pod client, MeshHost service) {
        return of(client.namespace(), () -> Localities.labels(client), service);
    }

    /** Returns what the proxies of a workload's pods follow. */
    Optional<DestinationRule> of(Workload client, MeshHost service) {
        return of(client.namespace(), client::labels, service);
    }

    /** Returns what proxies of a namespace follow that no rule selects. */
    Optional<DestinationRule> of(String clientNamespace, MeshHost service) {
        return of(clientNamespace, Map::of, service);
    }

    /** Rules that select some clients do so in their own namespace only, and go before those for everyone. */
    private Optional<DestinationRule> of(
            String clientNamespace, Supplier<Map<String, String>> labels, MeshHost service) {
        var found = rules(clientNamespace, service);
        return found.stream()
                .filter(rule -> rule.ref().namespace().equals(clientNamespace))
                .filter(rule -> rule.clients()
                        .filter(wanted -> labels.get().entrySet().containsAll(wanted.entrySet()))
                        .isPresent())
                .findFirst()
                // Of several that could not be merged, Istio takes the last one.
                .or(() ->
                        found.stream().filter(rule -> rule.clients().isEmpty()).reduce((one, next) -> next));
    }

    /**
     * Looks in the client's namespace first, then in the Service's, then in the root namespace (facts F7). To clients in
     * the root namespace, gateways most often, its rules are for the whole mesh, so the Service's own go first.
     */
    private List<DestinationRule> rules(String clientNamespace, MeshHost service) {
        var ofClient = about(own, clientNamespace, service).stream();
        var others = Stream.of(service.namespace(), PeerAuthentication.ROOT_NAMESPACE)
                .map(namespace -> about(exported, namespace, service).stream()
                        .filter(rule -> rule.exports().orElse(Exports.EVERYONE).to(clientNamespace)));
        return Stream.concat(Stream.of(ofClient), others)
                .map(Stream::toList)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<DestinationRule> about(Map<String, RuleShelves> all, String namespace, MeshHost service) {
        return Optional.ofNullable(all.get(namespace))
                .map(shelves -> shelves.about(service.host()))
                .orElse(List.of());
    }

    /** Tells whether a route written in {@code namespace} may name this subset of the Service. */
    boolean hasSubset(String namespace, MeshHost service, String subset) {
        return rules(namespace, service).stream()
                .anyMatch(rule -> rule.subset(subset).isPresent());
    }

    static String hostOf(DestinationRule rule) {
        return Hosts.resolve(rule.host().text(), rule.ref().namespace());
    }
}
