package dev.binnacle.pipeline.trace;

import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.SpanStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * One trace, as far as it has come.
 *
 * @param id 32 hexadecimal digits
 * @param spans at least one; the first ones first
 */
public record Trace(String id, List<Span> spans) {
    private static final Comparator<Span> BY_START = Comparator.comparing(Span::start)
            .thenComparing(span -> span.context().spanId());

    public Trace {
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("trace " + id + " has no span");
        }
        spans = List.copyOf(spans);
    }

    static Trace of(List<Span> spans) {
        var sorted = spans.stream().sorted(BY_START).toList();
        return new Trace(sorted.getFirst().context().traceId(), sorted);
    }

    /** Returns the span that everything began with, or the earliest of those whose parent has not come. */
    public Span root() {
        return tree().getFirst().span();
    }

    /** Returns when its first span began. */
    public Instant start() {
        return spans.getFirst().start();
    }

    /** Returns the time from the begin of the first span to the end of the last. */
    public Duration duration() {
        var end = spans.stream().map(Span::end).max(Comparator.naturalOrder()).orElseThrow();
        return Duration.between(start(), end);
    }

    /** Returns how many spans failed. */
    public int errors() {
        return (int) spans.stream()
                .filter(span -> span.status().code() == SpanStatus.Code.ERROR)
                .count();
    }

    /** Returns the services that report its spans, sorted. */
    public List<String> services() {
        return List.copyOf(spans.stream().map(Span::service).collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    }

    /** Returns the spans as what caused what. */
    public List<SpanNode> tree() {
        return SpanTree.of(spans);
    }
}
