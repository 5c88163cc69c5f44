package dev.binnacle.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An article as one edition shows it; what the edition does not know is absent from its JSON.
 *
 * @param stock pieces that are left
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Item(
        String sku,
        String name,
        String description,
        int priceCents,
        String currency,
        int stock,
        @Nullable Double rating,
        @Nullable Integer reviews,
        @Nullable String badge,
        @Nullable String story) {

    private static final String CURRENCY = "EUR";

    static Item of(Article article, int stock, Edition edition) {
        return switch (edition) {
            case V1 -> plain(article, stock);
            case V2 -> rich(article, stock);
        };
    }

    private static Item plain(Article a, int stock) {
        return new Item(a.sku(), a.name(), a.description(), a.priceCents(), CURRENCY, stock, null, null, null, null);
    }

    private static Item rich(Article a, int stock) {
        return new Item(
                a.sku(),
                a.name(),
                a.description(),
                a.priceCents(),
                CURRENCY,
                stock,
                a.rating(),
                a.reviews(),
                a.badge().isEmpty() ? null : a.badge(),
                a.story());
    }
}
