package dev.binnacle.storefront;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** What the shop counts besides its requests. */
@Singleton
@Startup
class ShopMetrics {
    private final MeterRegistry meters;

    ShopMetrics(MeterRegistry meters) {
        this.meters = meters;
        // Series that exist from the start lose no first increment to rate().
        for (String result : new String[] {"placed", "refused", "failed"}) {
            meters.counter("storefront.orders", "result", result);
        }
    }

    /** Counts an answer of the catalog, by the version that gave it. */
    void catalogAnswered(String version) {
        meters.counter("storefront.catalog.answers", "catalog_version", version).increment();
    }

    /** Counts an attempt to order; the result is {@code placed}, {@code refused} (by us or a neighbour) or {@code failed}. */
    void ordered(String result) {
        meters.counter("storefront.orders", "result", result).increment();
    }
}
