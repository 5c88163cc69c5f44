package dev.binnacle.pipeline;

import java.time.Duration;

/**
 * The account of one collector's runs.
 *
 * @param runs ended ones, failed ones included
 * @param failures runs that reported nothing but a failure
 * @param skipped runs that should have begun while an earlier one still went on
 * @param samples all that were reported
 * @param lastDuration how long the last run took
 */
public record CollectorStats(long runs, long failures, long skipped, long samples, Duration lastDuration) {
    static final CollectorStats NONE = new CollectorStats(0, 0, 0, 0, Duration.ZERO);

    CollectorStats afterSuccess(int newSamples, Duration duration) {
        return new CollectorStats(runs + 1, failures, skipped, samples + newSamples, duration);
    }

    CollectorStats afterFailure(Duration duration) {
        return new CollectorStats(runs + 1, failures + 1, skipped, samples, duration);
    }

    CollectorStats afterSkipping(long more) {
        return new CollectorStats(runs, failures, skipped + more, samples, lastDuration);
    }
}
