package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Run the generators of the running app and write what they make into the clone.")
final class GenerateCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CliContext context;

    @Option(names = "--check", description = "Write nothing; exit 1 when a file differs.")
    private boolean check;

    GenerateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int different = 0;
        for (var file : generated().entrySet()) {
            Path path = target(file.getKey());
            if (Files.exists(path) && Files.readString(path).equals(file.getValue())) {
                continue;
            }
            different++;
            if (check) {
                context.print("differs: " + file.getKey());
                Drift.show(context, path, file.getValue());
            } else {
                AtomicFile.write(path, file.getValue());
                context.print("written: " + file.getKey());
            }
        }
        if (different == 0) {
            context.print("everything generated is up to date");
        }
        return check && different > 0 ? ExitCode.NO : ExitCode.OK;
    }

    private Map<String, String> generated() throws IOException, InterruptedException {
        var files = new TreeMap<String, String>();
        try (var app = AppApi.of(context)) {
            for (JsonNode plugin : app.get("/api/v1/plugins").body()) {
                if (plugin.path("kind").asText().equals("generator")) {
                    collect(app, plugin.path("id").asText(), files);
                }
            }
        }
        return files;
    }

    private static void collect(AppApi app, String id, Map<String, String> files) throws InterruptedException {
        var answer = app.post("/api/v1/plugins/" + id + "/generate", Map.of(), LIMIT);
        if (!answer.ok()) {
            throw ProblemException.no(id + ": " + answer.problem(), "./binnacle plugin list shows its state.");
        }
        JsonNode list = answer.body().isArray() ? answer.body() : answer.body().path("files");
        list.forEach(
                file -> files.put(file.path("path").asText(), file.path("text").asText()));
    }

    /** A generator names files within the clone, and only there. */
    private Path target(String name) {
        Path clone = context.layout().home();
        Path path = clone.resolve(name).normalize();
        if (!path.startsWith(clone) || path.equals(clone)) {
            throw ProblemException.no(
                    "a generator wants to write outside the clone: " + name, "Nothing was written there.");
        }
        return path;
    }
}
