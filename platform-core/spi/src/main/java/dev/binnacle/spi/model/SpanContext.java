package dev.binnacle.spi.model;

import java.util.regex.Pattern;

/**
 * What names a span in the whole world, as W3C Trace Context writes it.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all zero
 * @param spanId 16 hexadecimal digits in lower case, not all zero
 */
public record SpanContext(String traceId, String spanId) {
    private static final Pattern TRACE = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN = Pattern.compile("(?!0{16})[0-9a-f]{16}");

    public SpanContext {
        if (!isTraceId(traceId)) {
            throw new IllegalArgumentException(
                    "a trace's id is 32 hexadecimal digits, not all zero, got '" + traceId + "'");
        }
        if (!isSpanId(spanId)) {
            throw new IllegalArgumentException(
                    "a span's id is 16 hexadecimal digits, not all zero, got '" + spanId + "'");
        }
    }

    /** Tells whether {@code text} names a trace. */
    public static boolean isTraceId(String text) {
        return TRACE.matcher(text).matches();
    }

    /** Tells whether {@code text} names a span of a trace. */
    public static boolean isSpanId(String text) {
        return SPAN.matcher(text).matches();
    }
}
