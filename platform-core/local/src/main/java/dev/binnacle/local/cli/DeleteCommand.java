package dev.binnacle.local.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Take back what was applied: what the manifest folders say comes back, the rest is gone.",
            "Where nothing was applied, take out of the running mesh what the manifest folders hold.",
            "Return once each affected sidecar has acknowledged."
        })
final class DeleteCommand implements Callable<Integer> {
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

    DeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new Change(context, "delete").request(manifests.readAll(context), dryRun, timeout);
    }
}
