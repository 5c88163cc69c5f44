package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Spans for requests, and who gets them.
 *
 * @param serviceName what the proxy calls itself
 * @param sampling of the requests that nobody else decided about, in percent
 * @param tags more of what a span says, by name
 * @param byRequestId whether the request's id tells whether it was sampled
 * @param maxPathLength how much of a path a span says
 */
public record Tracing(
        String serviceName,
        double sampling,
        Map<String, Tag> tags,
        boolean byRequestId,
        Optional<Integer> maxPathLength,
        Receiver receiver) {
    /** Where a tag's value comes from. */
    public sealed interface Tag {
        record Literal(String value) implements Tag {}

        record Environment(String name, String otherwise) implements Tag {}

        record Header(String name, String otherwise) implements Tag {}
    }

    /**
     * Who gets the spans, by OTLP.
     *
     * @param path where it takes them by HTTP; empty for gRPC
     * @param headers sent with them
     */
    public record Receiver(
            String cluster,
            String host,
            Optional<String> path,
            Optional<Duration> timeout,
            Map<String, String> headers) {}
}
