package dev.binnacle.app.traces;

import dev.binnacle.pipeline.trace.SpanNode;
import dev.binnacle.pipeline.trace.Trace;
import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.SpanContext;
import dev.binnacle.spi.model.SpanEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One trace as the API shows it. Durations are milliseconds, to the microsecond.
 *
 * @param roots what everything began with, first the span without a parent; more than one while parents are missing
 */
public record TraceView(Summary trace, List<SpanView> roots) {
    static TraceView of(Trace trace) {
        return new TraceView(
                Summary.of(trace),
                trace.tree().stream()
                        .map(node -> SpanView.of(node, trace.start()))
                        .toList());
    }

    /**
     * A trace in a list.
     *
     * @param id as in the header {@code traceparent}
     * @param service the one that it began in
     * @param name what it began with
     * @param errors how many of its spans failed
     * @param services all that take part in it, sorted
     */
    public record Summary(
            String id,
            String service,
            String name,
            Instant start,
            double durationMs,
            int spans,
            int errors,
            List<String> services) {
        static Summary of(Trace trace) {
            var root = trace.root();
            return new Summary(
                    trace.id(),
                    root.service(),
                    root.name(),
                    trace.start(),
                    millis(trace.duration()),
                    trace.spans().size(),
                    trace.errors(),
                    trace.services());
        }
    }

    /**
     * A span, and what it caused.
     *
     * @param id as in the header {@code traceparent}
     * @param parent the id of what caused it; absent for the first of a trace
     * @param kind server, client, producer, consumer or internal
     * @param offsetMs how long after the begin of the trace it began
     * @param status unset, ok or error
     * @param message what went wrong; absent when nobody says
     * @param attributes what it says about itself
     * @param resource who reports it
     */
    public record SpanView(
            String id,
            Optional<String> parent,
            String service,
            String name,
            String kind,
            Instant start,
            double offsetMs,
            double durationMs,
            String status,
            Optional<String> message,
            Map<String, String> attributes,
            Map<String, String> resource,
            List<SpanEvent> events,
            List<SpanContext> links,
            List<SpanView> children) {
        static SpanView of(SpanNode node, Instant begin) {
            Span span = node.span();
            return new SpanView(
                    span.context().spanId(),
                    notEmpty(span.parentId()),
                    span.service(),
                    span.name(),
                    word(span.kind()),
                    span.start(),
                    millis(Duration.between(begin, span.start())),
                    millis(span.duration()),
                    word(span.status().code()),
                    notEmpty(span.status().message()),
                    span.attributes(),
                    span.resource(),
                    span.events(),
                    span.links(),
                    node.children().stream().map(child -> of(child, begin)).toList());
        }

        private static Optional<String> notEmpty(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1_000 / 1e3;
    }
}
