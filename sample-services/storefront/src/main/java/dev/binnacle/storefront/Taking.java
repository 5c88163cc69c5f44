package dev.binnacle.storefront;

/**
 * Pieces the catalog has set aside.
 *
 * @param version the catalog that answered
 * @param unitCents price of one piece in euro cents
 */
record Taking(String version, String sku, int quantity, int unitCents) {}
