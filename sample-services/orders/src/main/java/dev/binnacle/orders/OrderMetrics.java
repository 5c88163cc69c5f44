package dev.binnacle.orders;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** What the orders service counts besides its requests. */
@Singleton
@Startup
class OrderMetrics {
    private final Counter placed;
    private final Counter refused;
    private final Counter failed;
    private final Counter turnover;

    OrderMetrics(MeterRegistry meters) {
        placed = Counter.builder("orders.placed")
                .description("Orders that were paid")
                .register(meters);
        refused = rejected(meters, "refused");
        failed = rejected(meters, "failed");
        turnover = Counter.builder("orders.turnover.euros")
                .description("What the placed orders cost")
                .register(meters);
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

    /** Adds to the turnover. */
    void turnedOver(int cents) {
        turnover.increment(cents / 100.0);
    }

    private static Counter rejected(MeterRegistry meters, String reason) {
        return Counter.builder("orders.rejected")
                .description("Orders that came to nothing: refused by a neighbour, or failed on the way")
                .tag("reason", reason)
                .register(meters);
    }
}
