package dev.binnacle.pipeline.trace;

/**
 * The account of a {@link TraceStore}, taken at one moment: received = repeated + dropped + evicted spans + kept spans.
 *
 * @param traces that are kept
 * @param spans that are kept
 * @param bytes that the kept ones take, as estimated
 * @param received spans that ever came
 * @param repeated spans that came again and replaced themselves
 * @param dropped spans that were not kept, because their trace has too many or they are too large
 * @param evictedTraces that made room for newer ones
 * @param evictedSpans that went with them
 */
public record TraceStats(
        long traces,
        long spans,
        long bytes,
        long received,
        long repeated,
        long dropped,
        long evictedTraces,
        long evictedSpans) {}
