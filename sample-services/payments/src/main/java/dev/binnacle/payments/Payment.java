package dev.binnacle.payments;

/** A payment that was taken. */
record Payment(String id, String orderId, int amountCents) {}
