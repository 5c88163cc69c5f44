package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy tells about the traffic it carries.
 *
 * @param client about what leaves the pod; at a gateway about everything
 * @param server about what enters it
 */
public record Telemetry(Side client, Side server) {
    /**
     * One direction.
     *
     * @param metrics what is other than Istio's standard, by metric
     * @param logs what is written about each request and connection
     */
    public record Side(Map<Metric, Change> metrics, List<AccessLog> logs, Optional<Tracing> tracing) {}

    /**
     * How a metric differs from Istio's standard.
     *
     * @param tags by the label's name: the expression that gives its value; empty when there is no such label
     */
    public record Change(boolean disabled, Map<String, Optional<String>> tags) {
        /** Istio's standard. */
        public static final Change NONE = new Change(false, Map.of());
    }

    /**
     * A line for each request or connection in the proxy's access log.
     *
     * @param omitsEmpty whether values that are not there are left out, in the place of {@code -}
     * @param filter the expression that decides whether it is written
     */
    public record AccessLog(LogFormat format, boolean omitsEmpty, Optional<String> filter) {}

    /** What a line of an access log looks like. */
    public sealed interface LogFormat {
        /** A text with operators of Envoy. */
        record Text(String text) implements LogFormat {}

        /** A JSON object whose values hold operators of Envoy. */
        record Json(Map<String, Object> fields) implements LogFormat {}
    }
}
