package dev.binnacle.plugin.generators.slo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Over how long an objective holds, and how fast its budget may burn before somebody is told (facts F6). */
enum Period {
    WEEK(
            7,
            List.of(
                    new Pace(Severity.CRITICAL, "0.08", Duration.ofHours(1), Duration.ofMinutes(5)),
                    new Pace(Severity.CRITICAL, "0.125", Duration.ofHours(6), Duration.ofMinutes(30)),
                    new Pace(Severity.WARNING, "0.2", Duration.ofDays(1), Duration.ofHours(2)),
                    new Pace(Severity.WARNING, "0.42", Duration.ofDays(3), Duration.ofHours(6)))),
    FOUR_WEEKS(28, Pace.OF_A_MONTH),
    MONTH(30, Pace.OF_A_MONTH);

    private final int days;
    private final List<Pace> paces;

    Period(int days, List<Pace> paces) {
        this.days = days;
        this.paces = paces;
    }

    /** Returns the period that OpenSLO writes like this: {@code 28d}, {@code 4w}. */
    static Optional<Period> of(Duration duration) {
        return Arrays.stream(values())
                .filter(p -> p.duration().equals(duration))
                .findFirst();
    }

    Duration duration() {
        return Duration.ofDays(days);
    }

    int days() {
        return days;
    }

    /** Returns the paces that are too fast, the fastest first. */
    List<Pace> paces() {
        return paces;
    }
}
