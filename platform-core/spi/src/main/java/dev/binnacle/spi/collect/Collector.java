package dev.binnacle.spi.collect;

import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.List;

/**
 * Looks at something on the host's schedule and reports what it saw.
 *
 * <p><b>Threads.</b> The host never runs two calls of one collector at the same time, but two calls may come on different
 * threads; what one call wrote, the next one sees. A call that exceeds the host's time limit is interrupted, and from
 * then on ignored.
 *
 * <p><b>Many sources.</b> A collector that reads several sources reports the ones that answer and says about each one
 * whether it did, in a gauge that is 1 or 0. It throws only when it could not look at all, or, with what it saw, when somebody has to
 * do something about the others ({@link CollectionException#partial}).
 */
public interface Collector extends AutoCloseable {
    /**
     * Returns what is visible now; an empty list means "looked, found nothing".
     *
     * <p>The values of a counter may fall only when the thing counted was restarted. The series of one call are
     * distinct, and the parts of one histogram or summary stand one after the other. The host copies the list before the next call.
     *
     * @param at the time of this run, for samples whose source has no clock of its own
     * @throws CollectionException when nothing could be read; the next run takes place as scheduled all the same
     * @throws InterruptedException when the host gave up waiting
     */
    List<Sample> collect(Instant at) throws CollectionException, InterruptedException;

    /** Releases what it holds. Safe to call twice, and without a prior {@link #collect}. */
    @Override
    void close();
}
