package dev.binnacle.loadgenerator;

import java.time.Duration;

/**
 * When requests are due: evenly spaced from a start, whatever becomes of them.
 *
 * @param startNanos when the first is due, on the clock of {@link System#nanoTime}
 * @param rate per second, from 0 to 1000; at 0 nothing is ever due
 * @param sent how many of them have been dealt with
 */
record Pace(long startNanos, double rate, long sent) {
    private static final double SECOND = 1e9;
    private static final double FASTEST = 1000;

    Pace {
        if (!(rate >= 0 && rate <= FASTEST)) {
            throw new IllegalArgumentException("the rate must be from 0 to 1000 requests per second, got " + rate);
        }
    }

    /** Returns whether something will ever be due. */
    boolean isRunning() {
        return rate > 0;
    }

    /** Returns when the next request is due. */
    long dueNanos() {
        return startNanos + (long) (sent * SECOND / rate);
    }

    /** Returns the pace after one more request. */
    Pace next() {
        return new Pace(startNanos, rate, sent + 1);
    }

    /** Returns how many requests have become due more than {@code patience} before {@code now}. */
    long missed(long now, Duration patience) {
        double late = (now - patience.toNanos() - dueNanos()) * rate / SECOND;
        return Math.max(0, (long) late);
    }

    /** Returns the pace with {@code count} requests left out. */
    Pace skip(long count) {
        return new Pace(startNanos, rate, sent + count);
    }
}
