package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.ir.Balancing;
import dev.binnacle.mesh.ir.Hashing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an endpoint is chosen.
 *
 * @param hashing what of a request is hashed, where the balancing is consistent
 */
public record LoadBalancer(Balancing balancing, Optional<Hashing> hashing, Optional<ByLocality> byLocality) {

    /**
     * What localities mean.
     *
     * @param enabled whether they mean anything
     * @param distribute shares of the requests
     * @param failover which region comes next, by region
     * @param failoverPriority labels, or {@code label=value}, of which endpoints should share as many as they can with the
     *     client, the first first
     */
    public record ByLocality(
            boolean enabled, List<Distribute> distribute, List<Failover> failover, List<String> failoverPriority) {
        /** What Istio's mesh configuration says: as near as possible, if failures are noticed. */
        public static final ByLocality DEFAULT = new ByLocality(true, List.of(), List.of(), List.of());

        /** Tells whether the weights of localities count, given that failures are noticed or not. */
        public boolean isWeighted(boolean noticesFailures) {
            return enabled
                    && (!distribute.isEmpty()
                            || noticesFailures && !(failover.isEmpty() && failoverPriority.isEmpty()));
        }
    }

    /** Shares, in percent, of the requests from one locality, by locality; {@code *} may end either. */
    public record Distribute(String from, Map<String, Integer> to) {}

    /** The region that comes after one. */
    public record Failover(String from, String to) {}
}
