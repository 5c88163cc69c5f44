package dev.binnacle.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code binnacle} command of this clone, with an instance of its own under {@code target/}. */
public final class Binnacle {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path clone;
    private final Path directory;

    Binnacle(Path clone, Path directory) {
        this.clone = clone.toAbsolutePath().normalize();
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** What a command left behind: its exit code and everything it printed. */
    public record Result(int exitCode, String out, String err) {
        public Result mustSucceed(String what) {
            if (exitCode != 0) {
                throw new AssertionError(what + " ended with " + exitCode + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    public Path cloneFolder() {
        return clone;
    }

    public Path directory() {
        return directory;
    }

    /** Runs {@code ./binnacle ARGUMENTS} and waits for it, at most {@code limit}. */
    public Result run(Duration limit, String... arguments) {
        var command = new ArrayList<String>();
        command.add(clone.resolve("binnacle").toString());
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(directory);
            Path out = Files.createTempFile(directory, "out", ".txt");
            Path err = Files.createTempFile(directory, "err", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(clone.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("BINNACLE_DIR", directory.toString());
            // Maven has just built everything; a build inside a build would fight over the same files.
            builder.environment().put("BINNACLE_BUILD", "never");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(String.join(" ", command) + " did not end within " + limit + "\n"
                        + Files.readString(out) + "\n" + Files.readString(err));
            }
            var result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }

    /** Returns what {@code status -o json} says. */
    public JsonNode status() {
        return json(run(Duration.ofSeconds(30), "status", "-o", "json")
                .mustSucceed("status")
                .out());
    }

    /** Returns {@code text} as JSON. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    /** Deletes what an interrupted run had applied, and metrics: for five minutes they would be taken for the present. */
    void forgetEarlierRuns() {
        for (String folder : List.of("overlays", "data/prometheus")) {
            try (Stream<Path> files = Files.walk(Files.createDirectories(directory.resolve(folder)))) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Writes {@code yaml} to a file and applies it. */
    Result apply(String name, String yaml) {
        return run(Duration.ofSeconds(60), "apply", "-f", write(name, yaml).toString());
    }

    /** Writes {@code yaml} to a file and deletes the resources it names. */
    Result delete(String name, String yaml) {
        return run(Duration.ofSeconds(60), "delete", "-f", write(name, yaml).toString());
    }

    private Path write(String name, String yaml) {
        try {
            Path file = directory.resolve("applied").resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
