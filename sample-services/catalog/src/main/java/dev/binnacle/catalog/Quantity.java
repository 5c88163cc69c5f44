package dev.binnacle.catalog;

/**
 * What to take or to put back.
 *
 * @param quantity from 1 to 100 pieces
 */
record Quantity(int quantity) {
    Quantity {
        if (quantity < 1 || quantity > 100) {
            throw new IllegalArgumentException("the quantity must be from 1 to 100, got " + quantity);
        }
    }
}
