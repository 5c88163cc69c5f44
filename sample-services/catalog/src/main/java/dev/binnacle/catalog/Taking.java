package dev.binnacle.catalog;

/**
 * Pieces that were taken out of the stock for a customer.
 *
 * @param version the edition that answered
 * @param unitCents price of one piece in euro cents
 * @param remaining pieces that are left
 */
record Taking(Edition version, String sku, int quantity, int unitCents, int remaining) {}
