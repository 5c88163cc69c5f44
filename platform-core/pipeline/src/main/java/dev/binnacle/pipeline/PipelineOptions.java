package dev.binnacle.pipeline;

import java.time.Duration;

/**
 * How much the pipeline holds and how patient it is.
 *
 * @param queue the most samples that wait for one exporter; when more come, the oldest are dropped
 * @param batch the most samples in one call of an exporter
 * @param linger how long samples wait for others to fill a batch
 * @param retry what happens after a transient failure
 * @param drain how long closing waits for the queues to empty
 * @param handover how long samples are kept for an exporter that was taken away, perhaps to be reloaded
 */
public record PipelineOptions(int queue, int batch, Duration linger, Retry retry, Duration drain, Duration handover) {
    /** 200,000 samples, 5,000 in a batch or those of 100 ms, two seconds to drain, a minute for a reload. */
    public static final PipelineOptions DEFAULT = new PipelineOptions(
            200_000, 5_000, Duration.ofMillis(100), Retry.DEFAULT, Duration.ofSeconds(2), Duration.ofMinutes(1));

    public PipelineOptions {
        if (batch < 1 || queue < batch) {
            throw new IllegalArgumentException("a queue of " + queue + " does not hold a batch of " + batch);
        }
    }
}
