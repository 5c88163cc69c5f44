package dev.binnacle.local.cli;

import dev.binnacle.local.launcher.HeldProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code quarkus:dev} where a held process was. */
final class DevMode {
    private final CliContext context;
    private final Path maven;

    DevMode(CliContext context, Path maven) {
        this.context = context;
        this.maven = maven;
    }

    /** Returns Maven's exit code once the developer ends it. */
    int run(HeldProcess held) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command(held))
                .directory(context.layout().home().toFile())
                .inheritIO();
        builder.environment().putAll(held.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        // Ctrl-C reaches Maven as well, being in the same group; a kill of this process alone does not.
        var end = new Thread(() -> end(process), "end-dev");
        Runtime.getRuntime().addShutdownHook(end);
        return process.waitFor();
    }

    private static void end(Process process) {
        var all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        process.onExit()
                .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                .exceptionally(late -> {
                    process.destroyForcibly();
                    return process;
                })
                .join();
    }

    private List<String> command(HeldProcess held) {
        var command = new ArrayList<>(List.of(
                maven.toString(),
                "--file",
                context.layout().home().resolve("pom.xml").toString(),
                "--projects",
                held.module(),
                "--also-make",
                "-Pfast",
                "-DskipTests",
                "-Dquarkus.test.continuous-testing=disabled",
                "-Dquarkus.analytics.disabled=true",
                // A gRPC server that the service does not have would take the port on every address.
                "-Dquarkus.grpc.dev-mode.force-server-start=false",
                "-Dquarkus.http.port=" + held.environment().getOrDefault("QUARKUS_HTTP_PORT", "8080"),
                "-Dquarkus.http.host=" + held.environment().getOrDefault("QUARKUS_HTTP_HOST", "127.0.0.1"),
                "-Ddebug=false"));
        if (!held.jvmFlags().isEmpty()) {
            command.add("-Djvm.args=" + String.join(" ", held.jvmFlags()));
        }
        command.addAll(List.of("test-compile", "quarkus:dev"));
        return command;
    }
}
