package dev.binnacle.testkit.envoy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running Envoy with a folder of its own; both are gone after {@link #close}, and when this JVM ends. */
final class EnvoyProcess implements AutoCloseable {
    /** The admin interface's socket, in the process's folder. */
    static final String ADMIN = "admin.sock";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LAST_LINES = 20;

    private final String name;
    private final Path folder;
    private final Process process;
    private final Thread hook = new Thread(this::kill, "end of an Envoy");

    private EnvoyProcess(String name, Path folder, Process process) {
        this.name = name;
        this.folder = folder;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Returns an Envoy that is ready.
     *
     * @param name what messages call it
     * @throws IllegalStateException when it does not start; the message has its last words
     */
    static EnvoyProcess start(Path binary, String name, String bootstrap) {
        try {
            // A socket's path may have 108 characters, so not in some deep folder.
            var folder = Files.createTempDirectory("binnacle-envoy");
            Files.writeString(folder.resolve("bootstrap.json"), bootstrap);
            var process = new ProcessBuilder(
                            binary.toString(),
                            "--config-path",
                            "bootstrap.json",
                            "--concurrency",
                            "1",
                            "--disable-hot-restart",
                            "--log-level",
                            "warning")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log.txt").toFile())
                    .start();
            var result = new EnvoyProcess(name, folder, process);
            result.awaitReady();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("Envoy " + binary + " cannot be started", e);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String words = lastWords();
                close();
                throw new IllegalStateException("the Envoy for " + name + " does not start; its last words:\n" + words);
            }
            pause();
        }
    }

    private boolean isReady() {
        try {
            var ready = Wire.get(UnixDomainSocketAddress.of(folder.resolve(ADMIN)), "/ready");
            return ready.status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void pause() {
        try {
            boolean ended = process.waitFor(10, TimeUnit.MILLISECONDS);
            assert !ended || !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted while waiting for the Envoy for " + name, e);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("log.txt"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "none can be read: " + e.getMessage();
        }
    }

    private void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // A folder in the system's folder for temporary files that cannot be removed harms no one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook does it.
            return;
        }
        kill();
    }
}
