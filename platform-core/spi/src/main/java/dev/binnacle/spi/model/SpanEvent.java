package dev.binnacle.spi.model;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened during a span, an exception for example.
 *
 * @param attributes more about it, values as text
 */
public record SpanEvent(Instant at, String name, Map<String, String> attributes) {
    public SpanEvent {
        attributes = Span.sorted(attributes);
    }
}
