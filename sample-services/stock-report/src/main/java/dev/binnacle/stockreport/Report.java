package dev.binnacle.stockreport;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one run found.
 *
 * @param stock pieces of each article
 * @param took how long the run took
 * @param at when it was done
 */
record Report(List<Integer> stock, Duration took, Instant at) {
    private static final String JOB = "stock-report";

    /**
     * Replaces what the run before pushed. The time is a value of its own: what is pushed stays until somebody takes it away, and
     * without that value a job that runs no more would look as if all were well.
     *
     * @throws IOException when the Pushgateway does not take it
     */
    void push(URI gateway) throws IOException {
        var registry = new PrometheusRegistry();
        gauge(registry, "stock_report_pieces", "Pieces in stock", sum());
        gauge(registry, "stock_report_articles", "Articles in the catalog", stock.size());
        gauge(registry, "stock_report_sold_out_articles", "Articles of which there are none left", soldOut());
        gauge(registry, "stock_report_duration_seconds", "How long the last run took", took.toNanos() / 1e9);
        gauge(
                registry,
                "stock_report_last_success_timestamp_seconds",
                "When the last run was done",
                at.toEpochMilli() / 1e3);
        PushGateway.builder()
                .address(gateway.getAuthority())
                .job(JOB)
                .format(Format.PROMETHEUS_TEXT)
                .registry(registry)
                .build()
                .push();
    }

    private int sum() {
        return stock.stream().mapToInt(Integer::intValue).sum();
    }

    private long soldOut() {
        return stock.stream().filter(pieces -> pieces == 0).count();
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, double value) {
        Gauge.builder().name(name).help(help).register(registry).set(value);
    }
}
