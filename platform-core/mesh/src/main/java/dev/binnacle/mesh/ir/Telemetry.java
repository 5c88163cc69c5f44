package dev.binnacle.mesh.ir;

import java.util.Map;
import java.util.Optional;

/**
 * What a proxy tells about the traffic it carries.
 *
 * @param client about what leaves the pod; at a gateway about everything
 * @param server about what enters it
 */
public record Telemetry(Side client, Side server) {
    /** Istio's standard metrics as they are, nothing else. */
    public static final Telemetry DEFAULT = new Telemetry(Side.DEFAULT, Side.DEFAULT);

    /**
     * One direction.
     *
     * @param metrics what is other than Istio's standard, by metric
     */
    public record Side(Map<Metric, Change> metrics) {
        static final Side DEFAULT = new Side(Map.of());
    }

    /**
     * How a metric differs from Istio's standard.
     *
     * @param tags by the label's name: the expression that gives its value; empty when there is no such label
     */
    public record Change(boolean disabled, Map<String, Optional<String>> tags) {
        /** Istio's standard. */
        public static final Change NONE = new Change(false, Map.of());
    }
}
