package dev.binnacle.orders;

import java.time.Instant;

/**
 * An order that was paid.
 *
 * @param totalCents price of all pieces in euro cents
 * @param paymentId the payment it was paid with
 * @param recorded whether the ledger has it already
 */
record Order(
        String id,
        String sku,
        int quantity,
        int totalCents,
        String currency,
        String paymentId,
        boolean recorded,
        Instant placedAt) {

    Order {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an order has an id");
        }
    }

    /** Returns this order as one that the ledger has. */
    Order asRecorded() {
        return new Order(id, sku, quantity, totalCents, currency, paymentId, true, placedAt);
    }
}
