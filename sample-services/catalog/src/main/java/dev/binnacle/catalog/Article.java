package dev.binnacle.catalog;

/**
 * One article of the assortment, with all that any edition tells about it.
 *
 * @param sku its name in every service
 * @param priceCents price of one piece in euro cents
 * @param rating mean of the customers' marks, from 1 to 5
 * @param reviews how many marks there are
 * @param badge a word of praise, empty when there is none
 * @param story where it comes from
 */
record Article(
        String sku,
        String name,
        String description,
        int priceCents,
        double rating,
        int reviews,
        String badge,
        String story) {}
