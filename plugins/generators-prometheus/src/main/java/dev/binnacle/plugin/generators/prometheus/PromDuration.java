package dev.binnacle.plugin.generators.prometheus;

import java.time.Duration;

/** Durations in Prometheus' configuration and queries. */
final class PromDuration {
    private PromDuration() {}

    /** Returns {@code duration} in the largest units that express it exactly: {@code 1h30m}, {@code 5s}, {@code 500ms}. */
    static String format(Duration duration) {
        var text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
