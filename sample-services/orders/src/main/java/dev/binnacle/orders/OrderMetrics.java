package dev.binnacle.orders;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.LongHistogram;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/** What the orders service measures besides its requests: most of it is scraped, the size of baskets is pushed. */
@Singleton
@Startup
class OrderMetrics {
    private final Counter placed;
    private final Counter refused;
    private final Counter failed;
    private final Counter turnover;
    private final LongHistogram basket;

    OrderMetrics(MeterRegistry meters, OpenTelemetry telemetry) {
        placed = Counter.builder("orders.placed")
                .description("Orders that were paid")
                .register(meters);
        refused = rejected(meters, "refused");
        failed = rejected(meters, "failed");
        turnover = Counter.builder("orders.turnover.euros")
                .description("What the placed orders cost")
                .register(meters);
        basket = telemetry
                .getMeter("orders")
                .histogramBuilder("orders.basket.size")
                .setDescription("Pieces in one placed order")
                .setUnit("{piece}")
                .ofLongs()
                .setExplicitBucketBoundariesAdvice(List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L))
                .build();
    }

    /** Returns what {@code placing} returns, and counts how it ended. */
    Order counted(Supplier<Order> placing) {
        try {
            var order = placing.get();
            placed.increment();
            return order;
        } catch (UpstreamException e) {
            (e.status().getStatusCode() < 500 ? refused : failed).increment();
            throw e;
        }
    }

    /** Takes a placed order into account. */
    void sold(NewOrder order) {
        turnover.increment(order.totalCents() / 100.0);
        basket.record(order.quantity());
    }

    private static Counter rejected(MeterRegistry meters, String reason) {
        return Counter.builder("orders.rejected")
                .description("Orders that came to nothing: refused by a neighbour, or failed on the way")
                .tag("reason", reason)
                .register(meters);
    }
}
