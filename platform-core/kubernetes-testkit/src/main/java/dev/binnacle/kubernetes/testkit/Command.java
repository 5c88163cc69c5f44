package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
record Command(String program, Path folder, Map<String, String> environment) {
    static Command of(String program) {
        return new Command(program, Path.of("").toAbsolutePath(), Map.of());
    }

    Command in(Path newFolder) {
        return new Command(program, newFolder, environment);
    }

    Command with(Map<String, String> newEnvironment) {
        return new Command(program, folder, newEnvironment);
    }

    String run(List<String> arguments, Duration limit) throws IOException, InterruptedException {
        return run(arguments, "", limit);
    }

    /**
     * Returns what it wrote to its standard output.
     *
     * @param input what it reads
     * @throws CommandFailedException when it does not end with 0
     */
    String run(List<String> arguments, String input, Duration limit) throws IOException, InterruptedException {
        Path in = Files.createTempFile("command", ".in");
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        try {
            Files.writeString(in, input);
            var process = start(arguments, in, out, err);
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new CommandFailedException(describe(arguments) + " did not end within " + limit);
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new CommandFailedException(
                        describe(arguments) + " ended with " + process.exitValue() + ": " + text(err) + text(out));
            }
            return text(out);
        } finally {
            for (Path file : List.of(in, out, err)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Process start(List<String> arguments, Path in, Path out, Path err) throws IOException {
        var line = new ArrayList<String>();
        line.add(program);
        line.addAll(arguments);
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String describe(List<String> arguments) {
        return program + " " + String.join(" ", arguments);
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
