package dev.binnacle.plugin.generators.slo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * A pace at which a budget burns too fast: this share of it within the long window. The short window ends the alert soon after
 * the trouble.
 */
record Pace(Severity severity, BigDecimal budget, Duration longWindow, Duration shortWindow) {
    static final List<Pace> OF_A_MONTH = List.of(
            new Pace(Severity.CRITICAL, "0.02", Duration.ofHours(1), Duration.ofMinutes(5)),
            new Pace(Severity.CRITICAL, "0.05", Duration.ofHours(6), Duration.ofMinutes(30)),
            new Pace(Severity.WARNING, "0.1", Duration.ofDays(1), Duration.ofHours(2)),
            new Pace(Severity.WARNING, "0.1", Duration.ofDays(3), Duration.ofHours(6)));

    private static final int DIGITS = 9;

    Pace(Severity severity, String budget, Duration longWindow, Duration shortWindow) {
        this(severity, new BigDecimal(budget), longWindow, shortWindow);
    }

    /** Returns the share of bad events above which a budget of {@code allowed} over {@code period} burns too fast. */
    BigDecimal threshold(BigDecimal allowed, Duration period) {
        return budget.multiply(BigDecimal.valueOf(period.toSeconds()))
                .multiply(allowed)
                .divide(BigDecimal.valueOf(longWindow.toSeconds()), DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }

    /** Tells whether that share can be exceeded at all: no more than everything is bad. */
    boolean canFire(BigDecimal allowed, Duration period) {
        return threshold(allowed, period).compareTo(BigDecimal.ONE) < 0;
    }
}
