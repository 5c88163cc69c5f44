package dev.binnacle.spi.model;

import java.time.Instant;

/**
 * What the series of one metric have in common.
 *
 * @param name {@code [a-zA-Z_:][a-zA-Z0-9_:]*}, with the base unit at its end and, for a counter, {@code _total}
 * @param type what the values mean
 * @param unit the base unit, such as {@code seconds} or {@code bytes}; empty for a plain number
 * @param help one sentence; empty when the source has none
 */
public record MetricFamily(String name, MetricType type, String unit, String help) {
    public MetricFamily {
        if (!Names.isName(name, true)) {
            throw new IllegalArgumentException("a metric's name is [a-zA-Z_:][a-zA-Z0-9_:]*, got '" + name + "'");
        }
    }

    /** Returns a counter family. */
    public static MetricFamily counter(String name, String unit, String help) {
        return new MetricFamily(name, MetricType.COUNTER, unit, help);
    }

    /** Returns a gauge family. */
    public static MetricFamily gauge(String name, String unit, String help) {
        return new MetricFamily(name, MetricType.GAUGE, unit, help);
    }

    /** Returns a sample of the family's own series, the one without a suffix, with these labels. */
    public Sample sample(Labels labels, double value, Instant at) {
        return new Sample(new Series(this, "", labels), value, at);
    }
}
