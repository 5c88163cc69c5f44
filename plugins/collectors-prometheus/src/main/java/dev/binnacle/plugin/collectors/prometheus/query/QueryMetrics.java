package dev.binnacle.plugin.collectors.prometheus.query;

import dev.binnacle.spi.model.MetricFamily;
import java.util.List;

/** What {@code collector-prometheus-query} says about its queries; all have the label query. */
final class QueryMetrics {
    static final MetricFamily UP =
            MetricFamily.gauge("binnacle_query_up", "", "Whether the answer to the query could be taken");
    static final MetricFamily DURATION = MetricFamily.gauge(
            "binnacle_query_duration_seconds", "seconds", "How long the server took to answer the query");
    static final MetricFamily SERIES =
            MetricFamily.gauge("binnacle_query_series", "", "Series of the query's answer that were passed on");
    static final MetricFamily REMARKS =
            MetricFamily.gauge("binnacle_query_remarks", "", "Warnings and infos that the server had about the query");
    static final MetricFamily DROPPED = MetricFamily.counter(
            "binnacle_query_dropped_series_total", "", "Series of answers that were not passed on, by reason");

    private static final List<String> NAMES =
            List.of(UP.name(), DURATION.name(), SERIES.name(), REMARKS.name(), DROPPED.name());

    private QueryMetrics() {}

    /** Tells whether a metric of a server would be taken for one of these. */
    static boolean isOwn(String name) {
        return NAMES.contains(name);
    }
}
