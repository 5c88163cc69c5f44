package dev.binnacle.storefront;

/** How many pieces the catalog shall set aside or take back. */
record Quantity(int quantity) {}
