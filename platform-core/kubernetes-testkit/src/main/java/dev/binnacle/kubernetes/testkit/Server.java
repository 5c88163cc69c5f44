package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is ended, and at the latest with this process. */
final class Server implements AutoCloseable {
    private static final int LAST_LINES = 20;
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;
    private final Thread atExit;

    private Server(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.atExit = new Thread(process::destroyForcibly);
    }

    static Server start(List<String> command, Path log) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var server = new Server(process, log);
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Returns what it said last. */
    String lastLines() throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal by its name. */
    void signal(String name) throws IOException, InterruptedException {
        Command.of("kill").run(List.of("-" + name, String.valueOf(process.pid())), SIGNAL_LIMIT);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
