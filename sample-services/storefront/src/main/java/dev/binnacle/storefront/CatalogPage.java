package dev.binnacle.storefront;

import java.util.List;

/**
 * The catalog's answer.
 *
 * @param version the catalog that gave it
 */
record CatalogPage(String version, List<Item> items) {
    CatalogPage {
        items = List.copyOf(items);
    }
}
