package dev.binnacle.storefront;

import org.jspecify.annotations.Nullable;

/**
 * What a customer wants.
 *
 * @param quantity from 1 to 100 pieces
 */
record Basket(@Nullable String sku, int quantity) {
    Basket {
        if (sku == null || sku.isBlank() || sku.length() > 64) {
            throw new IllegalArgumentException("name the article by its sku, up to 64 characters");
        }
        if (quantity < 1 || quantity > 100) {
            throw new IllegalArgumentException("the quantity must be from 1 to 100, got " + quantity);
        }
    }
}
