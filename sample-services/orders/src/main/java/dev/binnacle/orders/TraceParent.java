package dev.binnacle.orders;

import org.jspecify.annotations.Nullable;

/** The W3C header {@code traceparent}, as far as passing it on needs. */
final class TraceParent {
    private static final String NONE = "-";
    private static final int LENGTH = 55;

    private TraceParent() {}

    /** Returns the header's value if it looks like one, and {@code -} otherwise: it goes into a line of its own protocol. */
    static String orNone(@Nullable String header) {
        return header != null && header.length() == LENGTH && header.chars().allMatch(TraceParent::isAllowed)
                ? header
                : NONE;
    }

    private static boolean isAllowed(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == '-';
    }
}
