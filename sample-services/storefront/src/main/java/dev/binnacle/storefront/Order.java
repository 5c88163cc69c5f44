package dev.binnacle.storefront;

import java.time.Instant;

/**
 * An order as the orders service knows it.
 *
 * @param totalCents price of all pieces in euro cents
 * @param recorded whether the ledger has it already
 */
record Order(
        String id, String sku, int quantity, int totalCents, String currency, boolean recorded, Instant placedAt) {}
