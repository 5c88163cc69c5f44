package dev.binnacle.catalog;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The version of the catalog this process plays. Its name is the pods' {@code version} label. */
enum Edition {
    /** Name, description, price and stock. */
    V1,
    /** Also ratings, badges and the maker's story, and dearer-looking for it. */
    V2;

    /** Returns {@code v1} or {@code v2}. */
    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
