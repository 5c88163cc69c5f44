package dev.binnacle.kubernetes.lease;

import java.time.Duration;

/**
 * How long a leader leads without a word.
 *
 * @param duration others wait for so long after they have seen it renew the lease
 * @param deadline it stops itself so long after it has last begun to renew successfully; shorter, so that there are never two
 * @param retry the pause between two looks
 */
public record LeaseTimes(Duration duration, Duration deadline, Duration retry) {
    public LeaseTimes {
        if (deadline.compareTo(duration) >= 0
                || retry.compareTo(deadline) >= 0
                || retry.isZero()
                || retry.isNegative()) {
            throw new IllegalArgumentException(
                    "a lease is retried sooner than its deadline, which is before its end; got retry " + retry
                            + ", deadline " + deadline + ", duration " + duration);
        }
    }
}
