package dev.binnacle.prometheus.scrape;

/**
 * Takes the samples of a page, in its order. What it got of a page that turns out to be malformed is not to be used.
 *
 * @param <T> what stands for a series
 */
@FunctionalInterface
public interface SampleSink<T> {
    /** The timestamp of a sample that brings none. */
    long NO_TIMESTAMP = Long.MIN_VALUE;

    /**
     * Takes one sample.
     *
     * @param timestamp in milliseconds since 1970, or {@link #NO_TIMESTAMP}
     * @throws RefusedSeriesException when the page cannot be taken because of it
     */
    void sample(T series, double value, long timestamp) throws RefusedSeriesException;
}
