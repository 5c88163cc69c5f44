package dev.binnacle.spi.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One piece of work in a trace, as OpenTelemetry understands it.
 *
 * <p>Values of attributes are text: a number as it is written, a list or a map as JSON.
 *
 * @param parentId the id of the span, in the same trace, that caused it; empty for the first of a trace
 * @param duration how long it took; not negative
 * @param attributes what it says about itself, sorted by name
 * @param links spans of this or other traces that it has to do with
 * @param resource who reports it, sorted by name; {@code service.name} is one of them
 */
public record Span(
        SpanContext context,
        String parentId,
        SpanKind kind,
        String name,
        Instant start,
        Duration duration,
        SpanStatus status,
        Map<String, String> attributes,
        List<SpanEvent> events,
        List<SpanContext> links,
        Map<String, String> resource) {
    private static final String UNKNOWN_SERVICE = "unknown_service";

    public Span {
        if (!parentId.isEmpty() && !SpanContext.isSpanId(parentId)) {
            throw new IllegalArgumentException(
                    "a parent's id is 16 hexadecimal digits or empty, got '" + parentId + "'");
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a span's duration is not negative, got " + duration);
        }
        attributes = sorted(attributes);
        events = List.copyOf(events);
        links = List.copyOf(links);
        resource = sorted(resource);
    }

    /** Returns the name of the service that reports it; {@code unknown_service} when it has not said. */
    public String service() {
        return resource.getOrDefault("service.name", UNKNOWN_SERVICE);
    }

    /** Returns when it ended. */
    public Instant end() {
        return start.plus(duration);
    }

    static Map<String, String> sorted(Map<String, String> values) {
        return values.isEmpty() ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
