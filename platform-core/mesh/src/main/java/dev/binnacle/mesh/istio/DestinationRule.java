package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients do once a host is chosen: which of its pods, how balanced, how protected.
 *
 * @param host as written: a short name belongs to the DestinationRule's namespace
 * @param clients labels of the pods that follow it, in its own namespace; empty for everyone
 * @param exports whose pods follow it; empty when it does not say
 */
public record DestinationRule(
        ResourceRef ref,
        Origin origin,
        Placed host,
        Policy policy,
        List<Subset> subsets,
        Optional<Map<String, String>> clients,
        Optional<Exports> exports)
        implements Resource {
    public DestinationRule {
        subsets = List.copyOf(subsets);
    }

    /** Returns the subset with this name. */
    public Optional<Subset> subset(String name) {
        return subsets.stream().filter(s -> s.name().text().equals(name)).findFirst();
    }

    /** Returns this rule with the subsets of {@code later} that it lacks, and its policy if there is none here. */
    public DestinationRule mergedWith(DestinationRule later) {
        var all = new ArrayList<>(subsets);
        later.subsets().stream().filter(s -> subset(s.name().text()).isEmpty()).forEach(all::add);
        boolean silent = policy.equals(Policy.NONE);
        return new DestinationRule(
                ref, silent ? later.origin() : origin, host, silent ? later.policy() : policy, all, clients, exports);
    }

    /** Pods of the host that have certain labels, and what holds for them. */
    public record Subset(Placed name, Map<String, String> labels, Policy policy) {}
}
