package dev.binnacle.orders;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the orders service remembers and whom it writes to. */
@ConfigMapping(prefix = "orders")
interface OrdersConfig {
    /** Orders that can be looked up. */
    @WithDefault("1000")
    int remembered();

    /** Where orders are booked. */
    Ledger ledger();

    /** The ledger and our patience with it. */
    interface Ledger {
        /** Its host name. */
        @WithDefault("ledger")
        String host();

        /** Its port. */
        @WithDefault("7000")
        int port();

        /** The longest wait for a connection, and for each answer. */
        @WithDefault("500ms")
        Duration timeout();

        /** The pause between two attempts while it does not answer. */
        @WithDefault("1s")
        Duration retryEvery();

        /** Paid orders that may wait for it; while there are as many, no order is taken. */
        @WithDefault("10000")
        int mostWaiting();
    }
}
