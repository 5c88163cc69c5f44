package dev.binnacle.spi.model;

import java.time.Instant;

/**
 * One value of one series at one time.
 *
 * @param value in the base unit; may be NaN or infinite
 * @param at when the value was true
 */
public record Sample(Series series, double value, Instant at) {
    /** Returns {@code name{labels} value @ time}, for messages. */
    @Override
    public String toString() {
        return series + " " + value + " @ " + at;
    }
}
