package dev.binnacle.local.process;

import java.time.Duration;

/**
 * How patiently a process that ends by itself is started again: the pause doubles with every quick crash.
 *
 * @param first the pause after the first crash
 * @param longest no pause is longer
 * @param stable a process that ran this long is forgiven its earlier crashes
 * @param failingAfter so many quick crashes in a row make a process count as failing
 */
public record RestartPolicy(Duration first, Duration longest, Duration stable, int failingAfter) {
    /** 1 s, 2 s, 4 s … 30 s; forgiven after 20 s; failing after five. */
    public static final RestartPolicy DEFAULT =
            new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(20), 5);

    /** Returns the pause before the start that follows {@code quickCrashes} quick crashes in a row, from 1. */
    public Duration pause(int quickCrashes) {
        long factor = 1L << Math.min(30, Math.max(0, quickCrashes - 1));
        Duration pause = first.multipliedBy(factor);
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
