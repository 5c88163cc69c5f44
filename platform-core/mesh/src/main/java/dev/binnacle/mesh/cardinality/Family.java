package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.ir.Metric;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Metrics that are counted at the same moment, so that they have the same label sets unless somebody changes one. */
public enum Family {
    /** When a request has ended. */
    REQUESTS(Metric.REQUEST_COUNT, Metric.REQUEST_DURATION, Metric.REQUEST_SIZE, Metric.RESPONSE_SIZE),
    /** Messages of gRPC, which Istio's own Envoy counts and stock Envoy does not. */
    MESSAGES(Metric.GRPC_REQUEST_MESSAGES, Metric.GRPC_RESPONSE_MESSAGES),
    /** When a connection has been made. */
    OPENED(Metric.TCP_OPENED_CONNECTIONS),
    /** When a connection has ended; its flags may differ from those it began with. */
    CLOSED(Metric.TCP_CLOSED_CONNECTIONS, Metric.TCP_SENT_BYTES, Metric.TCP_RECEIVED_BYTES);

    private static final Set<Metric> HISTOGRAMS =
            EnumSet.of(Metric.REQUEST_DURATION, Metric.REQUEST_SIZE, Metric.RESPONSE_SIZE);

    /** Envoy's 20 buckets, the sum and the count (facts F2). */
    private static final int SERIES_OF_HISTOGRAM = 22;

    private final Set<Metric> metrics;

    Family(Metric first, Metric... others) {
        this.metrics = EnumSet.of(first, others);
    }

    /** Returns its metrics. */
    public Set<Metric> metrics() {
        return metrics;
    }

    /** Returns the family that a metric is of. */
    public static Family of(Metric metric) {
        return Arrays.stream(values())
                .filter(family -> family.metrics.contains(metric))
                .findFirst()
                .orElseThrow();
    }

    /** Returns how many series one label set of a metric is. */
    public static int width(Metric metric) {
        return HISTOGRAMS.contains(metric) ? SERIES_OF_HISTOGRAM : 1;
    }

    /** Returns the name of the one series that each label set of a metric has, whatever its buckets. */
    public static String oneSeries(Metric metric) {
        return HISTOGRAMS.contains(metric) ? metric.series() + "_count" : metric.series();
    }
}
