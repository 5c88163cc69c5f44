package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show the last lines of a process's log, or of what a sidecar logged about requests.")
final class LogsCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final CliContext context;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "A process or, with --access, a workload: app, prometheus, catalog-v1, catalog-v1-0.default-envoy …")
    private String name;

    @Option(names = "-n", defaultValue = "50", description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(names = "--access", description = "The access log of the workload's sidecar, which a Telemetry asks for.")
    private boolean access;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    LogsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Path log = log();
        long end = Files.size(log);
        Text.lastLines(log, lines).forEach(context::print);
        if (follow) {
            follow(new Tail(log, end));
        }
        return ExitCode.OK;
    }

    private void follow(Tail tail) throws IOException {
        try {
            while (true) {
                tail.next().forEach(context::print);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path log() throws IOException {
        List<Path> logs = logs();
        String suffix = access ? "-access.log" : ".log";
        return Stream.of(name + suffix, name + ".default" + suffix, name + "-0.default" + suffix)
                .flatMap(file -> logs.stream().filter(log -> log.endsWith(file)))
                .findFirst()
                .orElseThrow(() -> missing(logs, suffix));
    }

    private ProblemException missing(List<Path> logs, String suffix) {
        var names = logs.stream()
                .map(log -> log.getFileName().toString())
                .filter(file -> file.endsWith(suffix))
                .map(file -> file.substring(0, file.length() - suffix.length()))
                .toList();
        String ask = "Apply a Telemetry with accessLogging, and send a request. ";
        return ProblemException.no(
                "there is no " + (access ? "access log" : "log") + " of '" + name + "'",
                (access ? ask : "") + "Logs are " + String.join(", ", names));
    }

    private List<Path> logs() throws IOException {
        Path folder = context.layout().logs();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
