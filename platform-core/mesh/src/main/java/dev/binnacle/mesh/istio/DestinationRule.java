package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Cluster.Balancing;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients do once a host is chosen: which of its pods, how balanced, how protected.
 *
 * @param host as written: a short name belongs to the DestinationRule's namespace
 */
public record DestinationRule(ResourceRef ref, Origin origin, Placed host, Policy policy, List<Subset> subsets)
        implements Resource {
    public DestinationRule {
        subsets = List.copyOf(subsets);
    }

    /** Returns the subset with this name. */
    public Optional<Subset> subset(String name) {
        return subsets.stream().filter(s -> s.name().text().equals(name)).findFirst();
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

        /** Returns this policy with what {@code subset} says on top. */
        public Policy with(Policy subset) {
            return new Policy(
                    subset.balancing().or(this::balancing),
                    subset.tls().or(this::tls),
                    subset.ports().isEmpty() ? ports : subset.ports());
        }

        /** Returns what holds for one port: its own settings replace the general ones whole (facts F7). */
        public Policy at(int port) {
            return ports.getOrDefault(port, this);
        }
    }

    /** Pods of the host that have certain labels, and what holds for them. */
    public record Subset(Placed name, Map<String, String> labels, Policy policy) {}
}
