package dev.binnacle.xds;

/** Finds resource names in a proxy's error message. */
final class Mention {
    private Mention() {}

    /** Tells whether {@code message} contains {@code name} as a word of its own, not as a part of a longer name. */
    static boolean of(String name, String message) {
        for (int at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1)) {
            if (!continues(message, at - 1, -1) && !continues(message, at + name.length(), 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean continues(String message, int at, int step) {
        if (at < 0 || at >= message.length()) {
            return false;
        }
        char c = message.charAt(at);
        // A dot or a colon may end a sentence or a name; between two words it joins them.
        return c == '.' ? continues(message, at + step, step) : Character.isLetterOrDigit(c) || "|-_".indexOf(c) >= 0;
    }
}
