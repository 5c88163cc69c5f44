package dev.binnacle.loadgenerator;

import java.util.Locale;

/** The kinds of requests there are. */
enum Kind {
    PAGE,
    CATALOG,
    ARTICLE,
    ORDER,
    ORDERS;

    /** Returns the name that metrics use. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
