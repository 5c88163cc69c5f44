package dev.binnacle.pipeline;

import java.time.Duration;

/**
 * The account of one collector, or of a receiver, which is told and has no runs.
 *
 * @param runs ended ones, failed ones included
 * @param failures runs that reported nothing but a failure
 * @param skipped runs that should have begun while an earlier one still went on
 * @param samples all that were reported
 * @param stranded those of them that no exporter was there for
 * @param lastDuration how long the last run took
 */
public record CollectorStats(
        long runs, long failures, long skipped, long samples, long stranded, Duration lastDuration) {
    static final CollectorStats NONE = new CollectorStats(0, 0, 0, 0, 0, Duration.ZERO);

    CollectorStats afterSuccess(int newSamples, Duration duration) {
        return new CollectorStats(runs + 1, failures, skipped, samples + newSamples, stranded, duration);
    }

    CollectorStats afterFailure(Duration duration) {
        return new CollectorStats(runs + 1, failures + 1, skipped, samples, stranded, duration);
    }

    CollectorStats afterSkipping(long more) {
        return new CollectorStats(runs, failures, skipped + more, samples, stranded, lastDuration);
    }

    CollectorStats afterReceiving(int newSamples) {
        return new CollectorStats(runs, failures, skipped, samples + newSamples, stranded, lastDuration);
    }

    CollectorStats afterLosing(int lost) {
        return new CollectorStats(runs, failures, skipped, samples, stranded + lost, lastDuration);
    }
}
