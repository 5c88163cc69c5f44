package dev.binnacle.mesh.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Guesses which known word was meant. */
public final class Spelling {
    private static final int MOST_LISTED = 20;

    private Spelling() {}

    /** Returns the known word closest to {@code word}, if one is close. */
    public static Optional<String> nearest(String word, List<String> known) {
        if (word.length() > 60) {
            return Optional.empty();
        }
        int limit = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(k -> distance(word, k) <= limit)
                .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(k -> k));
    }

    /** Returns the words as a sentence lists them, the first ones only when there are many. */
    public static String listed(Collection<String> words) {
        String first = words.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return words.size() > MOST_LISTED ? first + " and " + (words.size() - MOST_LISTED) + " more" : first;
    }

    /** Levenshtein's distance, letter case apart. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
