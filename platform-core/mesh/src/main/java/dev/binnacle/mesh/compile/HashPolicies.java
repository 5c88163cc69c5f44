package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.DestinationRule.Subset;
import dev.binnacle.mesh.istio.traffic.LoadBalancer;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.topology.Pod;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What routes hash of a request, because the balancing of its destination is consistent. As in Istio a balancing that is not
 * does not take back what a wider one says: it just does not use the hash.
 */
final class HashPolicies {
    /**
     * The balancing is consistent.
     *
     * @param hashing empty when nothing is hashed, so that any endpoint does
     */
    record Consistent(Optional<Hashing> hashing) {}

    private final Rules rules;

    HashPolicies(Rules rules) {
        this.rules = rules;
    }

    /** Returns what holds for a destination, seen by a route of {@code client}. */
    Optional<Consistent> of(Pod client, MeshHost service, Optional<Integer> port, String subset) {
        var rule = rules.of(client, service);
        var narrow = rule.flatMap(r -> r.subset(subset)).map(Subset::policy);
        var wide = rule.map(DestinationRule::policy);
        return Stream.concat(narrow.stream(), wide.stream())
                .flatMap(policy -> Stream.concat(atPort(policy, port).stream(), general(policy).stream()))
                .filter(balancer -> balancer.balancing().isConsistent())
                .findFirst()
                .map(balancer -> new Consistent(balancer.hashing()));
    }

    private static Optional<LoadBalancer> general(Policy policy) {
        return policy.settings().loadBalancer();
    }

    private static Optional<LoadBalancer> atPort(Policy policy, Optional<Integer> port) {
        return port.flatMap(number -> Optional.ofNullable(policy.ports().get(number)))
                .flatMap(Policy.Settings::loadBalancer);
    }
}
