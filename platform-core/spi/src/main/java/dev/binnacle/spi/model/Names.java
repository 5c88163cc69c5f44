package dev.binnacle.spi.model;

/** Names of metrics and labels. Checked letter by letter: a target's first scrape asks for each of its labels. */
final class Names {
    private Names() {}

    /** Tells whether {@code name} is letters, digits and underscores, and no digit comes first. */
    static boolean isName(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colons && c == ':';
            boolean digit = c >= '0' && c <= '9' && i > 0;
            if (!letter && !digit) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
