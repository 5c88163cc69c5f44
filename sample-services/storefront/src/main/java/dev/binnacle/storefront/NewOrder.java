package dev.binnacle.storefront;

/**
 * What the orders service is asked to take on.
 *
 * @param unitCents price of one piece in euro cents
 */
record NewOrder(String sku, int quantity, int unitCents) {}
