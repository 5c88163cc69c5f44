package dev.binnacle.plugin.collectors.prometheus.query;

import java.util.Locale;

/** Why a series of an answer is not passed on. */
enum Dropped {
    /** It is a native histogram. */
    HISTOGRAM,
    /** It has no name, one that is not {@code [a-zA-Z_:][a-zA-Z0-9_:]*}, or one of this collector's own. */
    NAME,
    /** A label's name is not {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
    LABEL,
    /** Another query has given it already. */
    DUPLICATE,
    /** The whole answer is refused because labels are no longer there that told its series apart. */
    AMBIGUOUS;

    /** Returns the value of the label {@code reason}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
