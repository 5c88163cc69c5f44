package dev.binnacle.plugin.collector.kubernetes.kinds;

import org.jspecify.annotations.Nullable;

/** Texts of resources on their way into labels. */
final class Texts {
    /** Kubernetes' own names are shorter; what is longer was written by somebody for other reasons. */
    private static final int LONGEST = 253;

    private Texts() {}

    /** Returns the text, without what is beyond the longest name; empty for none. */
    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** Returns the number; 0 for none. */
    static int of(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
