package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a trace: a line for each span, what it caused below it, with a bar for its time. */
final class Waterfall {
    private static final int NAME = 64;
    private static final int BAR = 32;
    private static final int CLOCK = "2026-01-01T".length();

    private final double total;
    private final List<String> lines = new ArrayList<>();

    private Waterfall(double total) {
        this.total = total;
    }

    /** Returns the lines for a trace as the API tells it. */
    static List<String> lines(JsonNode body) {
        var trace = body.path("trace");
        double total = trace.path("durationMs").asDouble();
        var waterfall = new Waterfall(total);
        waterfall.lines.add("%s  %s  %d spans, %d failed"
                .formatted(
                        trace.path("id").asText(),
                        trace.path("start").asText(),
                        trace.path("spans").asInt(),
                        trace.path("errors").asInt()));
        body.path("roots").forEach(span -> waterfall.draw(span, 0));
        return waterfall.lines;
    }

    /** Returns a time with its unit, right-aligned. */
    static String millis(double value) {
        return String.format(Locale.ROOT, "%8.1f ms", value);
    }

    /** Returns {@code 08:00:00.123} of an instant. */
    static String timeOfDay(String instant) {
        int end = Math.min(instant.length(), CLOCK + "08:00:00.123".length());
        return instant.length() < CLOCK
                ? instant
                : instant.substring(CLOCK, end).replace("Z", "");
    }

    private void draw(JsonNode span, int depth) {
        String text = "  ".repeat(depth) + span.path("service").asText() + "  "
                + span.path("name").asText();
        boolean failed = span.path("status").asText().equals("error");
        lines.add("%-8s %s |%s| %s%s"
                .formatted(
                        span.path("kind").asText(),
                        fitted(text),
                        bar(
                                span.path("offsetMs").asDouble(),
                                span.path("durationMs").asDouble()),
                        millis(span.path("durationMs").asDouble()),
                        failed ? "  failed " + span.path("message").asText() : ""));
        span.path("children").forEach(child -> draw(child, depth + 1));
    }

    private static String fitted(String text) {
        return text.length() > NAME ? text.substring(0, NAME - 1) + "…" : text + " ".repeat(NAME - text.length());
    }

    private String bar(double offset, double duration) {
        double unit = total <= 0 ? 0 : BAR / total;
        int from = Math.min(BAR - 1, (int) (offset * unit));
        int length = Math.max(1, Math.min(BAR - from, (int) Math.round(duration * unit)));
        return " ".repeat(from) + "█".repeat(length) + " ".repeat(BAR - from - length);
    }
}
