package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "traces",
        mixinStandardHelpOptions = true,
        description = "Show the last traces that the platform received, the newest first.")
final class TracesCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--service", paramLabel = "NAME", description = "Only those that this service takes part in.")
    private @Nullable String service;

    @Option(
            names = "--min-duration",
            paramLabel = "TIME",
            description = "Only those that took this long at least, 250ms or 1.5s for example.")
    private @Nullable String minDuration;

    @Option(names = "--errors", description = "Only those in which something failed.")
    private boolean errors;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most of them (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int limit;

    @Option(names = "-o", paramLabel = "json", description = "Print JSON.", defaultValue = "text")
    private OutputFormat format;

    TracesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var app = AppApi.of(context)) {
            return context.show(app.get("/api/v1/traces?" + query()), format, this::print);
        }
    }

    private String query() {
        var query = new ArrayList<String>();
        query.add("limit=" + limit);
        if (service != null) {
            query.add("service=" + encoded(service));
        }
        if (minDuration != null) {
            query.add("minDuration=" + encoded(minDuration));
        }
        if (errors) {
            query.add("status=error");
        }
        return String.join("&", query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void print(JsonNode body) {
        context.print(
                "%-32s  %-12s %11s %6s %7s  %s".formatted("ID", "START", "TIME", "SPANS", "ERRORS", "BEGAN WITH"));
        body.path("traces").forEach(trace -> context.print(line(trace)));
    }

    private static String line(JsonNode trace) {
        return "%s  %-12s %s %6d %7d  %s %s"
                .formatted(
                        trace.path("id").asText(),
                        Waterfall.timeOfDay(trace.path("start").asText()),
                        Waterfall.millis(trace.path("durationMs").asDouble()),
                        trace.path("spans").asInt(),
                        trace.path("errors").asInt(),
                        trace.path("service").asText(),
                        trace.path("name").asText());
    }
}
