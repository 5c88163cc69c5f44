package dev.binnacle.prometheus.scrape;

import org.jspecify.annotations.Nullable;

/** The lines that were on the last pages, found by their fingerprints. */
final class LineCache<T> {
    private static final int FIRST_SIZE = 256;

    /** How many pages a line may be missing before it is forgotten. */
    private static final int PATIENCE = 2;

    private @Nullable CachedLine<T>[] buckets = buckets(FIRST_SIZE);
    private int size;

    @Nullable
    CachedLine<T> find(Fingerprint print, int length) {
        var line = buckets[index(print.low)];
        while (line != null && !(line.has(print) && line.length == length)) {
            line = line.chained;
        }
        return line;
    }

    void add(CachedLine<T> line) {
        if (size >= buckets.length) {
            rehash(2 * buckets.length, Integer.MIN_VALUE);
        }
        put(line);
    }

    /** Forgets what was not on the last pages, once that is as much as what is. */
    void expire(int page, int present) {
        if (size > 2 * present + FIRST_SIZE) {
            rehash(buckets.length, page - PATIENCE);
        }
    }

    int size() {
        return size;
    }

    private void put(CachedLine<T> line) {
        int index = index(line.low);
        line.chained = buckets[index];
        buckets[index] = line;
        size++;
    }

    private void rehash(int length, int oldestPage) {
        var old = buckets;
        buckets = buckets(length);
        size = 0;
        for (var first : old) {
            var line = first;
            while (line != null) {
                var following = line.chained;
                if (line.page >= oldestPage) {
                    put(line);
                }
                line = following;
            }
        }
    }

    private int index(long hash) {
        return (int) hash & buckets.length - 1;
    }

    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    private static <T> @Nullable CachedLine<T>[] buckets(int length) {
        return new CachedLine[length];
    }
}
