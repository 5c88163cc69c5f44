package dev.binnacle.pipeline;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: each twice as long as the one before, with chance in it, so that many senders do not come back at once.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer, except when the receiver asks for it
 * @param giveUp a batch is dropped when its first try is longer ago than this
 */
public record Retry(Duration first, Duration longest, Duration giveUp) {
    /** Half a second to thirty seconds, five minutes in all. */
    public static final Retry DEFAULT =
            new Retry(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(5));

    private static final int DOUBLINGS = 20;

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
