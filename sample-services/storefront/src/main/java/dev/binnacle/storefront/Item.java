package dev.binnacle.storefront;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** An article as the catalog shows it. What only newer catalogs tell may be absent. */
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
        @Nullable String story) {}
