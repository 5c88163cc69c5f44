package dev.binnacle.spi.model;

import java.util.Locale;

/** What the values of a metric family mean. */
public enum MetricType {
    /** Only grows, and begins again at zero when the thing counted restarts. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts of observations below given bounds: series {@code _bucket}, {@code _sum} and {@code _count}. */
    HISTOGRAM,
    /** Quantiles computed at the source: the plain series with {@code quantile}, {@code _sum} and {@code _count}. */
    SUMMARY,
    /** The source does not say. */
    UNKNOWN;

    /** Returns the word for it in a {@code # TYPE} line of the text format. */
    public String text() {
        return this == UNKNOWN ? "untyped" : name().toLowerCase(Locale.ROOT);
    }
}
