package dev.binnacle.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: each twice as long as the one before, with chance in it, so that many senders do not come back at once.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer, except when the receiver asks for it
 * @param giveUp a batch is dropped when its first try is longer ago than this, unless it is buffered on disk
 */
public record Retry(Duration first, Duration longest, Duration giveUp) {
    /** Half a second to thirty seconds, five minutes in all. */
    public static final Retry DEFAULT =
            new Retry(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(5));

    private static final int DOUBLINGS = 20;
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

    /** Returns the pause that the receiver asked for, up to ten minutes, or else the usual one. */
    Duration pause(int failures, Optional<Duration> asked, RandomGenerator random) {
        return asked.map(pause -> pause.compareTo(LONGEST_ASKED) < 0 ? pause : LONGEST_ASKED)
                .orElseGet(() -> pause(failures, random));
    }

    /**
     * Returns the pause after a failure, between half of the full pause and all of it.
     *
     * @param failures how many there were in a row, from 1
     */
    Duration pause(int failures, RandomGenerator random) {
        long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, DOUBLINGS));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
