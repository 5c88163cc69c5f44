package dev.binnacle.prometheus.relabel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule does. */
public enum RelabelAction {
    REPLACE,
    KEEP,
    DROP,
    KEEPEQUAL,
    DROPEQUAL,
    HASHMOD,
    LABELMAP,
    LABELDROP,
    LABELKEEP,
    LOWERCASE,
    UPPERCASE;

    /** Returns the action of this name; letters' case does not matter. */
    public static Optional<RelabelAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.text().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Returns its name as a configuration has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean needsTarget() {
        return switch (this) {
            case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
            case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
        };
    }
}
