package dev.binnacle.mesh.istio.limit;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.access.RateLimit;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.schema.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An EnvoyFilter that limits how many requests pods let in.
 *
 * @param limits of the whole pod, of each kind of proxy at most one
 * @param ports of single ports of Services, in place of that of the whole pod
 */
public record LocalRateLimit(
        ResourceRef ref, Origin origin, PolicyTarget target, Map<Proxy, Limit> limits, Map<Integer, Limit> ports)
        implements Resource {
    public LocalRateLimit {
        limits = Map.copyOf(limits);
        ports = Map.copyOf(ports);
    }

    /** Which proxies a limit is for. */
    public enum Proxy {
        SIDECAR_INBOUND,
        GATEWAY
    }

    /**
     * A limit as it was written.
     *
     * @param limit empty when it says nothing, so that ports say it
     */
    public record Limit(Place place, Optional<RateLimit> limit) {}

    /** Returns all limits that say something. */
    public List<Limit> said() {
        return Stream.concat(limits.values().stream(), ports.values().stream())
                .filter(limit -> limit.limit().isPresent())
                .toList();
    }
}
