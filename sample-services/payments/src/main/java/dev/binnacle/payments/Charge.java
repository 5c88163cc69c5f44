package dev.binnacle.payments;

import org.jspecify.annotations.Nullable;

/**
 * What shall be paid.
 *
 * @param orderId the order it is for
 * @param amountCents more than 0
 */
record Charge(@Nullable String orderId, int amountCents) {
    Charge {
        if (orderId == null || orderId.isBlank() || orderId.length() > 64) {
            throw new IllegalArgumentException("name the order by its id, up to 64 characters");
        }
        if (amountCents < 1) {
            throw new IllegalArgumentException("the amount must be 1 cent or more, got " + amountCents);
        }
    }
}
