package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.local.ExitCode;
import dev.binnacle.local.Json;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks the app to change the mesh, and tells what became of it. */
final class Change {
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final CliContext context;
    private final String verb;

    /** The verb is the last part of the API's path: {@code apply} or {@code delete}. */
    Change(CliContext context, String verb) {
        this.context = context;
        this.verb = verb;
    }

    /** Returns the exit code. */
    int request(List<ManifestFile> files, boolean dryRun, Duration timeout) throws IOException, InterruptedException {
        String path = "/api/v1/" + verb + "?dryRun=" + dryRun + "&timeout=" + timeout.toMillis() + "ms";
        try (var app = AppApi.of(context)) {
            var answer = app.post(path, Map.of("files", files), timeout.plus(MARGIN));
            answer.body()
                    .path("diagnostics")
                    .forEach(each -> context.err().println(CheckCommand.line(diagnostic(each))));
            return answer.ok() ? succeeded(answer.body(), dryRun) : failed(answer);
        }
    }

    private int succeeded(JsonNode body, boolean dryRun) {
        String suffix = dryRun ? " (dry run)" : "";
        body.path("applied").forEach(each -> context.print(name(each) + " applied" + suffix));
        body.path("deleted").forEach(each -> context.print(name(each) + " deleted" + suffix));
        body.path("restored").forEach(each -> context.print(name(each) + " restored to " + place(each) + suffix));
        body.path("left").forEach(each -> context.print(name(each) + " left at " + place(each) + suffix));
        body.path("absent").forEach(each -> context.print(name(each) + " was not there" + suffix));
        long acknowledged = count(body.path("proxies"), "acked");
        if (!dryRun) {
            String who = acknowledged == 1 ? "1 sidecar has" : acknowledged + " sidecars have";
            context.print(acknowledged == 0 ? "no sidecar was affected" : who + " acknowledged");
        }
        return ExitCode.OK;
    }

    private static String name(JsonNode resource) {
        return resource.path("kind").asText() + " "
                + resource.path("namespace").asText() + "/"
                + resource.path("name").asText();
    }

    private static String place(JsonNode each) {
        int line = each.path("line").asInt();
        return each.path("file").asText() + (line > 0 ? ":" + line : "");
    }

    private static long count(JsonNode proxies, String state) {
        long count = 0;
        for (JsonNode proxy : proxies) {
            count += proxy.path("state").asText().equals(state) ? 1 : 0;
        }
        return count;
    }

    private int failed(AppApi.Answer answer) {
        context.err().println("binnacle: " + answer.problem());
        for (JsonNode proxy : answer.body().path("proxies")) {
            String state = proxy.path("state").asText();
            if (!state.equals("acked") && !state.equals("unchanged")) {
                context.err()
                        .println("  " + proxy.path("proxy").asText() + ": " + state + " "
                                + proxy.path("detail").asText());
            }
        }
        return ExitCode.NO;
    }

    private static Diagnostic diagnostic(JsonNode json) {
        return Json.MAPPER.convertValue(json, Diagnostic.class);
    }
}
