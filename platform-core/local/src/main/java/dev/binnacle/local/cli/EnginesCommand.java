package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.engine.EngineFinder;
import dev.binnacle.local.engine.EngineKind;
import dev.binnacle.local.engine.EngineSettings;
import dev.binnacle.local.instance.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "engines",
        mixinStandardHelpOptions = true,
        description = "Find Envoy, Prometheus, Alertmanager and Pushgateway, or install them into the cache folder.")
final class EnginesCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--engine", paramLabel = "NAME=PATH", description = "As for up.")
    private Map<String, String> engines = Map.of();

    @Option(names = "--browser", description = "Find Chromium too, which tests the console.")
    private boolean browser;

    EnginesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = EngineSettings.of(engines, context.environment(), Settings.read(context.layout()));
        var finder = EngineFinder.of(settings, context.layout().user().cache(), context.environment(), context::print);
        finder.findAll(browser ? EngineKind.WITH_BROWSER : EngineKind.OF_AN_INSTANCE)
                .forEach((kind, engine) -> context.print("%-13s %s".formatted(kind.id(), engine.binary())));
        return ExitCode.OK;
    }
}
