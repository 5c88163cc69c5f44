package dev.binnacle.payments;

import java.util.Locale;

/** How a payment can end. */
enum Outcome {
    APPROVED,
    /** The customer's limit does not allow it. */
    DECLINED,
    /** Our own fault. */
    FAILED;

    /** Returns the name that metrics use. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
