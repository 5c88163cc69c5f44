package dev.binnacle.spi.collect;

import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Span;
import java.util.List;

/**
 * Where a {@link Receiver} puts what it got.
 *
 * <p>May be called by several threads at once. It never waits: the host keeps what it has room for, drops the oldest
 * when there is too much, and counts that.
 */
public interface Intake {
    /** Takes samples on their way to the exporters; the parts of one histogram or summary together, one after the other. */
    void samples(List<Sample> samples);

    /** Takes spans, of any traces and in any order; one that comes again replaces itself. */
    void spans(List<Span> spans);
}
