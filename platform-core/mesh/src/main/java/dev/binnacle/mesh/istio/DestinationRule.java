package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Cluster.Balancing;
import dev.binnacle.mesh.ir.Origin;
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
 * @param exports whose pods follow it; empty when it does not say
 */
public record DestinationRule(
        ResourceRef ref, Origin origin, Placed host, Policy policy, List<Subset> subsets, Optional<Exports> exports)
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
                ref, silent ? later.origin() : origin, host, silent ? later.policy() : policy, all, exports);
    }

    /** How connections are protected, when the rule says so. */
    public enum TlsMode {
        DISABLE,
        ISTIO_MUTUAL
    }

    /**
     * Settings of a host, a subset or a port.
     *
     * @param ports settings of single ports; they replace all others there
     */
    public record Policy(Optional<Balancing> balancing, Optional<TlsMode> tls, Map<Integer, Policy> ports) {
        /** Says nothing. */
        public static final Policy NONE = new Policy(Optional.empty(), Optional.empty(), Map.of());

        /**
         * Returns how connections to a port are protected when nothing at the port says so: to Istio's endpoints the
         * general word counts even where a port's settings replace it.
         */
        public Optional<TlsMode> tlsBeneath(int port) {
            return Optional.ofNullable(ports.get(port)).flatMap(Policy::tls).or(this::tls);
        }

        /**
         * Returns what holds for one port of a subset: each setting of the subset goes before the host's, even before
         * the host's for that port; and what the subset says about the port replaces all others.
         */
        public Policy at(int port, Policy subset) {
            var host = at(port);
            var both = new Policy(
                    subset.balancing().or(host::balancing), subset.tls().or(host::tls), Map.of());
            return subset.ports().getOrDefault(port, both);
        }

        /** Returns what holds for one port: its own settings replace the general ones whole (facts F7). */
        public Policy at(int port) {
            return ports.getOrDefault(port, this);
        }
    }

    /** Pods of the host that have certain labels, and what holds for them. */
    public record Subset(Placed name, Map<String, String> labels, Policy policy) {}
}
