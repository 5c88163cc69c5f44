package dev.binnacle.pipeline.trace;

/**
 * How much a {@link TraceStore} holds.
 *
 * @param traces the most traces
 * @param bytes the most memory that their spans take, as estimated
 * @param spansOfTrace the most spans of one trace; more are dropped
 */
public record TraceLimits(int traces, long bytes, int spansOfTrace) {
    public TraceLimits {
        if (traces < 1 || bytes < 1 || spansOfTrace < 1) {
            throw new IllegalArgumentException("limits are at least 1, got " + traces + " traces, " + bytes + " bytes, "
                    + spansOfTrace + " spans of a trace");
        }
    }
}
