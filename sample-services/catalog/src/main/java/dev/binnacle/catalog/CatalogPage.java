package dev.binnacle.catalog;

import java.util.List;

/**
 * The whole catalog.
 *
 * @param version the edition that answered
 */
record CatalogPage(Edition version, List<Item> items) {
    CatalogPage {
        items = List.copyOf(items);
    }
}
