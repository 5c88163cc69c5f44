package dev.binnacle.pipeline.trace;

import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.SpanEvent;
import java.util.Map;

/** Estimates what a span takes in memory: objects by a round figure, texts by their length. */
final class SpanWeight {
    private static final int SPAN = 400;
    private static final int EVENT = 100;
    private static final int LINK = 180;
    private static final int ENTRY = 140;

    private SpanWeight() {}

    static long of(Span span) {
        long texts = 2L * (span.name().length() + span.status().message().length());
        long events = span.events().stream().mapToLong(SpanWeight::of).sum();
        return SPAN + texts + events + (long) LINK * span.links().size() + of(span.attributes()) + of(span.resource());
    }

    private static long of(SpanEvent event) {
        return EVENT + 2L * event.name().length() + of(event.attributes());
    }

    private static long of(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry ->
                        ENTRY + 2L * (entry.getKey().length() + entry.getValue().length()))
                .sum();
    }
}
