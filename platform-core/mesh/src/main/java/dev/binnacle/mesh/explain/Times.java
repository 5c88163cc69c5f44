package dev.binnacle.mesh.explain;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Istio's resources write them. */
final class Times {
    private Times() {}

    /** Returns seconds, {@code 1.5s}. */
    static String write(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }
}
