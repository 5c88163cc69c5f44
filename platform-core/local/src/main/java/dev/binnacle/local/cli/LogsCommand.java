package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show the last lines of a process's log.")
final class LogsCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            paramLabel = "NAME",
            description = "A process: app, prometheus, catalog-v1, catalog-v1-0.default-envoy …")
    private String name;

    @Option(names = "-n", defaultValue = "50", description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    LogsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Text.lastLines(log(), lines).forEach(context::print);
        return ExitCode.OK;
    }

    private Path log() throws IOException {
        List<Path> logs = logs();
        return Stream.of(name + ".log", name + ".default.log", name + "-0.default.log")
                .flatMap(file -> logs.stream().filter(log -> log.endsWith(file)))
                .findFirst()
                .orElseThrow(() -> ProblemException.no(
                        "there is no log of '" + name + "'",
                        "Logs are "
                                + String.join(
                                        ", ",
                                        logs.stream()
                                                .map(log -> log.getFileName()
                                                        .toString()
                                                        .replace(".log", ""))
                                                .toList())));
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
