package dev.binnacle.local.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Change the running mesh; return once each live, affected sidecar has acknowledged.")
final class ApplyCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private ManifestArguments manifests = new ManifestArguments();

    @Option(names = "--dry-run", description = "Check against the running mesh, change nothing.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            converter = Durations.class,
            defaultValue = "10s",
            description = "How long the sidecars may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    ApplyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new Change(context, "apply").request(manifests.readAll(context), dryRun, timeout);
    }
}
