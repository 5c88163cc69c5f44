package dev.binnacle.orders;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to order.
 *
 * @param quantity from 1 to 100 pieces
 * @param unitCents price of one piece in euro cents, from 1 to ten million
 */
record NewOrder(@Nullable String sku, int quantity, int unitCents) {
    NewOrder {
        if (sku == null || sku.isBlank() || sku.length() > 64) {
            throw new IllegalArgumentException("name the article by its sku, up to 64 characters");
        }
        if (quantity < 1 || quantity > 100) {
            throw new IllegalArgumentException("the quantity must be from 1 to 100, got " + quantity);
        }
        if (unitCents < 1 || unitCents > 10_000_000) {
            throw new IllegalArgumentException("the price must be from 1 to 10000000 cents, got " + unitCents);
        }
    }

    /** Returns the price of all pieces. */
    int totalCents() {
        return quantity * unitCents;
    }
}
