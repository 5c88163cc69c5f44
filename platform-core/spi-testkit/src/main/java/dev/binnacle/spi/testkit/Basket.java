package dev.binnacle.spi.testkit;

import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Span;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An intake that keeps everything. */
public final class Basket implements Intake {
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    @Override
    public void samples(List<Sample> more) {
        samples.addAll(more);
    }

    @Override
    public void spans(List<Span> more) {
        spans.addAll(more);
    }

    /** Returns the samples that came, in their order. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Returns the spans that came, in their order. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }
}
