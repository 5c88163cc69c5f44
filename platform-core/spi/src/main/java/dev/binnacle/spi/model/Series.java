package dev.binnacle.spi.model;

import java.util.Set;

/**
 * One time series.
 *
 * @param family the metric it belongs to
 * @param suffix what its name has after the family's: empty, or {@code _bucket}, {@code _sum}, {@code _count} of a histogram or
 *     summary
 * @param labels without the name
 */
public record Series(MetricFamily family, String suffix, Labels labels) {
    private static final Set<String> HISTOGRAM = Set.of("_bucket", "_sum", "_count");
    private static final Set<String> SUMMARY = Set.of("", "_sum", "_count");

    public Series {
        boolean fits = switch (family.type()) {
            case COUNTER, GAUGE, UNKNOWN -> suffix.isEmpty();
            case HISTOGRAM -> HISTOGRAM.contains(suffix);
            case SUMMARY -> SUMMARY.contains(suffix);
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    "a " + family.type().text() + " has no series '" + family.name() + suffix + "'");
        }
    }

    /** Returns the series' full name. */
    public String name() {
        return family.name() + suffix;
    }

    /** Returns the name and labels as PromQL writes them. */
    @Override
    public String toString() {
        return name() + labels;
    }
}
