package dev.binnacle.mesh.schema;

import java.util.Locale;

/** Points at what the eye misses in a name: letters of other alphabets, and characters that do not show at all. */
public final class Lookalikes {
    private Lookalikes() {}

    /** Returns a note on the first character of {@code name} that is not ASCII; empty when all are. */
    public static String in(String name) {
        int[] characters = name.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] > 0x7f) {
                return String.format(
                        Locale.ROOT,
                        ": character %d is %s, U+%04X",
                        i + 1,
                        Character.getName(characters[i]),
                        characters[i]);
            }
        }
        return "";
    }
}
