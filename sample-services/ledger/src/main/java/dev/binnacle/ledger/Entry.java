package dev.binnacle.ledger;

/**
 * What was booked.
 *
 * @param reference the caller's own name for it; booking the same reference twice changes nothing
 * @param account where it was booked
 * @param cents the amount, may be negative
 * @param trace the W3C trace context of the request behind it, {@code -} when there was none
 */
record Entry(String reference, String account, long cents, String trace) {
    static final String NO_TRACE = "-";

    private static final int LONGEST_WORD = 64;

    Entry {
        word("reference", reference);
        word("account", account);
        word("trace", trace);
    }

    /**
     * Returns {@code value} if it is a word: 1 to 64 of the letters, digits and {@code . _ -} of ASCII.
     *
     * @throws IllegalArgumentException when it is not
     */
    static String word(String what, String value) {
        if (value.isEmpty() || value.length() > LONGEST_WORD || !value.chars().allMatch(Entry::isWordCharacter)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + LONGEST_WORD + " letters, digits, dots, dashes or underscores");
        }
        return value;
    }

    private static boolean isWordCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
