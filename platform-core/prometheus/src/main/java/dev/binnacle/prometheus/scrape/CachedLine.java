package dev.binnacle.prometheus.scrape;

import org.jspecify.annotations.Nullable;

/**
 * A line, or the part of it that names a series, that was on the page before.
 *
 * @param <T> what stands for a series
 */
final class CachedLine<T> {
    final long high;
    final long low;
    final int length;

    /** What stands for the series; null for a line that describes or remarks. */
    @Nullable
    T series;

    /** The type that holds from here on, for a line that says one; null for any other. */
    @Nullable
    DeclaredType declares;

    /** The descriptions with which the series was made. */
    int descriptions;

    /** The last page that had it. */
    int page;

    /** What came after it when it was last there. */
    @Nullable
    CachedLine<T> next;

    /** The next one in the same bucket. */
    @Nullable
    CachedLine<T> chained;

    CachedLine(Fingerprint print, int length) {
        this.high = print.high;
        this.low = print.low;
        this.length = length;
    }

    boolean has(Fingerprint print) {
        return high == print.high && low == print.low;
    }
}
