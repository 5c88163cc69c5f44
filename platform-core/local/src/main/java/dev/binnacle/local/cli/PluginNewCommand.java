package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.plugin.PluginKind;
import dev.binnacle.local.plugin.PluginProject;
import dev.binnacle.local.plugin.SpiRepository;
import dev.binnacle.spi.Spi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Make a Maven project of a plugin: an extension, its settings, its contract tests, its zip.")
final class PluginNewCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The extension's name without its kind: weather-station.")
    private String name = "";

    @Option(names = "--kind", required = true, description = "${COMPLETION-CANDIDATES}, in any case.")
    private PluginKind kind = PluginKind.COLLECTOR;

    @Option(names = "--directory", paramLabel = "DIR", description = "Where it is made; ./KIND-NAME unless given.")
    private @Nullable Path directory;

    PluginNewCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        var project = new PluginProject(kind, name);
        Path folder = directory == null ? Path.of(project.id()) : directory;
        var repository = new SpiRepository(context.layout().repository());
        repository.publish(context.layout().home());
        Path command = context.layout().home().resolve("binnacle");
        project.writeTo(folder, Spi.VERSION, repository, command);
        context.print("made " + folder + ". Next:");
        context.print("  cd " + folder + " && mvn verify");
        context.print("  " + command + " plugin dev " + folder);
        return ExitCode.OK;
    }
}
