package dev.binnacle.local.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = "Show one trace: what caused what, when, and for how long.")
final class TraceCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "ID", description = "As `traces` shows it, or the header traceparent.")
    private String id;

    @Option(names = "-o", paramLabel = "json", description = "Print JSON.", defaultValue = "text")
    private OutputFormat format;

    TraceCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var app = AppApi.of(context)) {
            var answer = app.get("/api/v1/traces/" + URLEncoder.encode(traceId(id), StandardCharsets.UTF_8));
            return context.show(answer, format, body -> Waterfall.lines(body).forEach(context::print));
        }
    }

    /** Returns the second part of a header {@code 00-TRACE-SPAN-01}, and anything else as it is. */
    private static String traceId(String written) {
        var parts = written.split("-", -1);
        return parts.length == 4 ? parts[1] : written;
    }
}
