package dev.binnacle.local.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs ordinary programs (pip, apt-get, go …) to their end. */
final class Tool {
    private static final int KEPT_LINES = 40;

    private final Map<String, String> environment;

    /** Programs are looked up in, and run with, {@code environment}. */
    Tool(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * How a program ended.
     *
     * @param lines the last lines of its output and errors
     */
    record Outcome(int exitCode, List<String> lines) {
        boolean ok() {
            return exitCode == 0;
        }

        /** Returns the line that most likely says why it failed. */
        String reason() {
            return lines.reversed().stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("ERROR") || line.startsWith("E:") || line.contains("rror:"))
                    .findFirst()
                    .or(() -> lines.isEmpty()
                            ? Optional.empty()
                            : Optional.of(lines.getLast().strip()))
                    .orElse("exit code " + exitCode);
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    /** Returns where {@code program} is on {@code PATH}. */
    Optional<Path> find(String program) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    /** Runs {@code command} in {@code folder} and returns how it ended; a program that takes longer is killed. */
    Outcome run(List<String> command, Path folder, Map<String, String> more, Duration limit, Consumer<String> lines)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(resolved(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        Process process = builder.start();
        process.getOutputStream().close();
        var kept = new ArrayDeque<String>();
        var reader = Thread.ofVirtual().start(() -> read(process, kept, lines));
        // A command that is ended while it installs takes what it started with it.
        var end = new Thread(() -> kill(process), "end-" + command.getFirst());
        Runtime.getRuntime().addShutdownHook(end);
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process);
            }
            reader.join(Duration.ofSeconds(2));
            int code = ended ? process.exitValue() : 124;
            synchronized (kept) {
                if (!ended) {
                    kept.add("gave up after " + limit.toSeconds() + " s");
                }
                return new Outcome(code, List.copyOf(kept));
            }
        } catch (InterruptedException e) {
            kill(process);
            throw e;
        } finally {
            forget(end);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: this JVM ends.
            return;
        }
    }

    /** Java would look on the path of this JVM, which may be another. */
    private List<String> resolved(List<String> command) throws IOException {
        String program = command.getFirst();
        if (program.contains("/")) {
            return command;
        }
        Path found = find(program).orElseThrow(() -> new IOException("no " + program + " on PATH"));
        return Stream.concat(Stream.of(found.toString()), command.stream().skip(1))
                .toList();
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void read(Process process, ArrayDeque<String> kept, Consumer<String> lines) {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = in.readLine()) != null) {
                lines.accept(line);
                synchronized (kept) {
                    kept.add(line);
                    if (kept.size() > KEPT_LINES) {
                        kept.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            lines.accept("output lost: " + e.getMessage());
        }
    }

    /** Returns the version that {@code program --version} prints; empty when it does not say that it is a {@code kind}. */
    Optional<Version> version(Path program, EngineKind kind) throws InterruptedException {
        try {
            var command = List.of(program.toString(), "--version");
            String text = run(command, Path.of("/"), Map.of(), Duration.ofSeconds(20), line -> {})
                    .text();
            return text.toLowerCase(Locale.ROOT).contains(kind.signature())
                    ? Version.in(text.replace('/', ' '))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
