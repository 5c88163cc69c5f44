package dev.binnacle.mesh.istio.telemetry;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Tracing.Tag;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What some proxies tell about the traffic they carry, as a resource says it. */
public record Telemetry(
        ResourceRef ref,
        Origin origin,
        PolicyTarget target,
        List<Metrics> metrics,
        List<Logging> logging,
        List<Tracing> tracing)
        implements Resource {
    public Telemetry {
        metrics = List.copyOf(metrics);
        logging = List.copyOf(logging);
        tracing = List.copyOf(tracing);
    }

    /** What is said about metrics. */
    public record Metrics(List<Placed> providers, List<Override> overrides) {}

    /**
     * A deviation from the standard metrics.
     *
     * @param metric the one it is about; empty when all are meant
     * @param tags by the label's name: the expression that gives its value; empty when the label is removed
     */
    public record Override(
            Set<Side> sides, Optional<Metric> metric, Optional<Boolean> disabled, Map<String, Optional<String>> tags) {}

    /**
     * What is said about access logs.
     *
     * @param filter decides which requests are logged
     */
    public record Logging(Set<Side> sides, List<Placed> providers, boolean disabled, Optional<String> filter) {}

    /** What is said about spans; what is empty leaves it as it was. */
    public record Tracing(
            Set<Side> sides,
            List<Placed> providers,
            Optional<Double> sampling,
            Optional<Boolean> disabled,
            Optional<Map<String, Tag>> tags,
            Optional<Boolean> byRequestId) {}
}
