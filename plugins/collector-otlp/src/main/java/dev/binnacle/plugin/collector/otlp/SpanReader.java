package dev.binnacle.plugin.collector.otlp;

import com.google.protobuf.ByteString;
import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.SpanContext;
import dev.binnacle.spi.model.SpanEvent;
import dev.binnacle.spi.model.SpanKind;
import dev.binnacle.spi.model.SpanStatus;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads spans as OTLP sends them. */
final class SpanReader {
    private static final long NANOS = 1_000_000_000;

    private SpanReader() {}

    /** Returns the valid spans of a request; the others are told to {@code rejections}. */
    static List<Span> read(ExportTraceServiceRequest request, Rejections rejections) {
        var spans = new ArrayList<Span>();
        for (var resource : request.getResourceSpansList()) {
            var about = Attributes.of(resource.getResource().getAttributesList());
            for (var scope : resource.getScopeSpansList()) {
                for (var span : scope.getSpansList()) {
                    read(span, about, spans, rejections);
                }
            }
        }
        return spans;
    }

    private static void read(
            io.opentelemetry.proto.trace.v1.Span span,
            Map<String, String> resource,
            List<Span> spans,
            Rejections rejections) {
        try {
            spans.add(span(span, resource));
        } catch (IllegalArgumentException e) {
            rejections.add(1, "span '" + excerpt(span.getName()) + "': " + e.getMessage());
        }
    }

    private static Span span(io.opentelemetry.proto.trace.v1.Span span, Map<String, String> resource) {
        return new Span(
                new SpanContext(hex(span.getTraceId()), hex(span.getSpanId())),
                parent(span.getParentSpanId()),
                kind(span.getKind()),
                span.getName(),
                time(span.getStartTimeUnixNano()),
                duration(span),
                status(span.getStatus()),
                Attributes.of(span.getAttributesList()),
                span.getEventsList().stream().map(SpanReader::event).toList(),
                span.getLinksList().stream()
                        .map(link -> new SpanContext(hex(link.getTraceId()), hex(link.getSpanId())))
                        .toList(),
                resource);
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** A parent of nothing but zeros is none: some senders write it so. */
    private static String parent(ByteString id) {
        String text = hex(id);
        return text.equals("0".repeat(16)) ? "" : text;
    }

    private static SpanKind kind(io.opentelemetry.proto.trace.v1.Span.SpanKind kind) {
        return switch (kind) {
            case SPAN_KIND_SERVER -> SpanKind.SERVER;
            case SPAN_KIND_CLIENT -> SpanKind.CLIENT;
            case SPAN_KIND_PRODUCER -> SpanKind.PRODUCER;
            case SPAN_KIND_CONSUMER -> SpanKind.CONSUMER;
            case SPAN_KIND_INTERNAL, SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> SpanKind.INTERNAL;
        };
    }

    /** The number is unsigned; what Java reads as negative is after the year 2262, which is no time of a span. */
    private static Instant time(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("its time is out of range, got " + Long.toUnsignedString(nanos));
        }
        return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }

    /** A span whose clock was set back while it ran took no time. */
    private static Duration duration(io.opentelemetry.proto.trace.v1.Span span) {
        var took = Duration.between(time(span.getStartTimeUnixNano()), time(span.getEndTimeUnixNano()));
        return took.isNegative() ? Duration.ZERO : took;
    }

    private static SpanStatus status(Status status) {
        var code = switch (status.getCode()) {
            case STATUS_CODE_OK -> SpanStatus.Code.OK;
            case STATUS_CODE_ERROR -> SpanStatus.Code.ERROR;
            case STATUS_CODE_UNSET, UNRECOGNIZED -> SpanStatus.Code.UNSET;
        };
        return new SpanStatus(code, status.getMessage());
    }

    private static SpanEvent event(io.opentelemetry.proto.trace.v1.Span.Event event) {
        return new SpanEvent(time(event.getTimeUnixNano()), event.getName(), Attributes.of(event.getAttributesList()));
    }

    private static String excerpt(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
