package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A registry of container images on a free port of loopback, with the program that asks it: both go-containerregistry's. */
public final class Registry implements AutoCloseable {
    private static final Pattern SERVING = Pattern.compile("serving on port ([0-9]+)");
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

    private final Path crane;
    private final Path folder;
    private final Server server;
    private final String host;

    private Registry(Path crane, Path folder) throws IOException, InterruptedException {
        this.crane = crane;
        this.folder = folder;
        Path log = folder.resolve("registry.log");
        this.server = Server.start(
                List.of(crane.toString(), "registry", "serve", "--address=127.0.0.1:0", "--disk=" + folder), log);
        this.host = "127.0.0.1:" + awaitPort(log);
    }

    /** Starts one that keeps its images in {@code folder}, and returns when it is ready. */
    public static Registry start(Path folder) throws IOException, InterruptedException {
        return new Registry(Programs.ofUser().find(Program.CRANE), folder);
    }

    /** Returns its name, as images begin with it. */
    public String host() {
        return host;
    }

    /**
     * Runs {@code crane} and returns what it wrote.
     *
     * @throws CommandFailedException when it does not end with 0
     */
    public String crane(String... arguments) throws IOException, InterruptedException {
        return Command.of(crane.toString())
                .with(Map.of("HOME", folder.toString()))
                .run(List.of(arguments), COMMAND_LIMIT)
                .strip();
    }

    @Override
    public void close() {
        server.close();
    }

    private String awaitPort(Path log) throws IOException, InterruptedException {
        long limit = System.nanoTime() + READY_LIMIT.toNanos();
        while (server.isRunning() && System.nanoTime() < limit) {
            var serving = SERVING.matcher(Files.readString(log));
            if (serving.find()) {
                return serving.group(1);
            }
            Thread.sleep(20);
        }
        String said = server.lastLines();
        server.close();
        throw new IOException("the registry does not serve: " + said);
    }
}
