package dev.binnacle.mesh.diagnostic;

import java.util.Locale;

/**
 * Texts of users made safe to show: on one line, of bearable length, and without characters that a terminal, a log or a
 * reader's eye would act on. Harmless text stays as it is, and what was made inert once does not change any more.
 */
public final class Inert {
    private static final int LONGEST = 600;
    private static final int KEPT = 250;

    private Inert() {}

    /** Returns {@code text} with control characters, line breaks and invisible characters written as {@code \}{@code uXXXX}. */
    public static String text(String text) {
        if (isPlainAscii(text) || text.codePoints().allMatch(Inert::isPlain)) {
            return text;
        }
        var result = new StringBuilder();
        text.codePoints().forEach(c -> append(c, result));
        return result.toString();
    }

    /** Nearly every text is, and there are thousands of names. */
    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Returns the same, without the middle of a text that is too long to be read. */
    public static String shortened(String text) {
        String inert = text(text);
        int left = inert.length() - 2 * KEPT;
        return inert.length() <= LONGEST
                ? inert
                : inert.substring(0, KEPT) + " … " + left + " more characters … "
                        + inert.substring(inert.length() - KEPT);
    }

    /** Tells whether {@code codePoint} is shown as itself, and does nothing else. */
    public static boolean isPlain(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7f) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static void append(int codePoint, StringBuilder into) {
        if (isPlain(codePoint)) {
            into.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            into.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
    }
}
