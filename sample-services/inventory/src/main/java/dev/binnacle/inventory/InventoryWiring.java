package dev.binnacle.inventory;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the hold from the configuration and shows its levels as metrics. */
@ApplicationScoped
class InventoryWiring {
    @Produces
    @Singleton
    @Startup
    Hold hold(InventoryConfig config, MeterRegistry meters) {
        var hold = new Hold(config.skus(), config.capacity(), config.reorderLevel());
        for (String sku : config.skus()) {
            Gauge.builder("inventory.stock", hold, h -> h.level(sku).orElse(0))
                    .description("Pieces of the article that are left")
                    .tag("sku", sku)
                    .register(meters);
        }
        FunctionCounter.builder("inventory.deliveries", hold, Hold::deliveries)
                .description("Deliveries that filled an article up again")
                .register(meters);
        return hold;
    }
}
