package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.plugin.SpiRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = {
            "Build a plugin's project and load it into the running app; again whenever a source changes. Ctrl-C ends it,",
            "and the plugin stays until ./binnacle plugin remove."
        })
final class PluginDevCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = ".", description = "The project's folder.")
    private Path directory = Path.of(".");

    @Option(names = "--once", description = "Build and load it, and do not wait for changes.")
    private boolean once;

    @Option(names = "--maven", paramLabel = "OPTION", description = "An option for Maven, such as -o; can be repeated.")
    private List<String> options = new ArrayList<>();

    PluginDevCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(directory.resolve("pom.xml"))) {
            throw ProblemException.usage(directory + " has no pom.xml", "Make a project with ./binnacle plugin new.");
        }
        new SpiRepository(context.layout().repository())
                .publish(context.layout().home());
        String seen = sources();
        int code = load();
        while (!once) {
            Thread.sleep(PAUSE);
            String now = sources();
            if (!now.equals(seen)) {
                seen = now;
                load();
            }
        }
        return code;
    }

    private int load() throws IOException, InterruptedException {
        if (build() != 0) {
            context.print("not built; waiting for the next change");
            return ExitCode.NO;
        }
        return new PluginCommand(context).install(zip());
    }

    private int build() throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(DevMaven.machines(context).toString(), "--batch-mode", "--quiet", "-DskipTests"));
        command.addAll(options);
        command.add("package");
        var builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start().waitFor();
    }

    private Path zip() throws IOException {
        Path target = directory.resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-plugin.zip"))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.no(
                            "the build made no *-plugin.zip in " + target, "See src/main/plugin in a new project."));
        }
    }

    /** What is different when a source has changed. */
    private String sources() throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory.resolve("src"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(state(file));
            }
        }
        return text.append(state(directory.resolve("pom.xml"))).toString();
    }

    private static String state(Path file) throws IOException {
        return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
    }
}
