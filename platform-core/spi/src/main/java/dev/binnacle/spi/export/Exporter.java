package dev.binnacle.spi.export;

import dev.binnacle.spi.model.Sample;
import java.util.List;

/**
 * Delivers samples somewhere else.
 *
 * <p><b>Threads.</b> One call at a time, perhaps on different threads; what one call wrote, the next one sees. A call that
 * exceeds the host's time limit is interrupted and counts as a transient failure.
 *
 * <p><b>Delivery.</b> At least once: after a transient failure the host gives the same batch again, after a pause, and the
 * next batch only then. So the samples of one series arrive in the order of their times. After a permanent failure the
 * batch is dropped, and counted.
 *
 * <p><b>Batches.</b> The parts of one histogram or summary that were reported one after the other, with one time, come in one batch,
 * unless they are more than a batch may have, or the exporter has asked for smaller ones.
 */
public interface Exporter extends AutoCloseable {
    /**
     * Delivers {@code batch} and returns when the receiver has it.
     *
     * @param batch at least one sample; unmodifiable
     * @throws ExportException when it was not delivered; its kind decides whether the host tries again
     * @throws InterruptedException when the host gave up waiting
     */
    void export(List<Sample> batch) throws ExportException, InterruptedException;

    /** Releases what it holds. Safe to call twice, and without a prior {@link #export}. */
    @Override
    void close();
}
