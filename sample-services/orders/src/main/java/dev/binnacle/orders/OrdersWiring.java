package dev.binnacle.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Builds what needs the configuration. */
@ApplicationScoped
class OrdersWiring {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    OrderBook book(OrdersConfig config) {
        return new OrderBook(config.remembered());
    }

    @Produces
    @Singleton
    @Startup
    Bookkeeper bookkeeper(OrdersConfig config, OrderBook book, MeterRegistry meters) {
        var ledger = config.ledger();
        var client = new LedgerClient(ledger.host(), ledger.port(), ledger.timeout());
        return new Bookkeeper(client, book::recorded, ledger.mostWaiting(), ledger.retryEvery(), meters);
    }

    void close(@Disposes Bookkeeper bookkeeper) {
        bookkeeper.close();
    }
}
