package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.launcher.InstanceStatus;
import dev.binnacle.local.launcher.LaunchOptions;
import dev.binnacle.local.launcher.Launcher;
import dev.binnacle.local.launcher.RunningInstance;
import dev.binnacle.local.launcher.StatusReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "up", mixinStandardHelpOptions = true, description = "Start everything and show where it is.")
final class UpCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--detach", description = "Return once everything is healthy.")
    private boolean detach;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Start these workloads only.")
    private Set<String> only = Set.of();

    @Option(names = "--manifests", split = ",", paramLabel = "DIR", description = "Read these folders of manifests.")
    private List<Path> manifests = List.of();

    @Option(
            names = "--engine",
            paramLabel = "NAME=PATH",
            description =
                    "Use this envoy, prometheus, alertmanager or pushgateway; a number asks for that major version.")
    private Map<String, String> engines = Map.of();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "How long everything may take to become healthy (default: ${DEFAULT-VALUE}).")
    private int patience;

    UpCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return detach
                ? new Detached(context).run(spec.commandLine().getParseResult().originalArgs())
                : stay();
    }

    private int stay() throws IOException, InterruptedException {
        Layout layout = context.layout();
        var options = new LaunchOptions(manifests, only, engines, Duration.ofSeconds(patience));
        long begun = System.nanoTime();
        RunningInstance instance = new Launcher(layout, options, context.environment(), context::print).launch();
        showAddresses(instance.status(), begun);
        Detached.announce(layout);
        instance.awaitStopped();
        return ExitCode.OK;
    }

    private void showAddresses(StatusReport report, long begun) {
        InstanceStatus status = report.status();
        context.print("everything is up after %.1f s".formatted((System.nanoTime() - begun) / 1e9));
        String http = status.ingress().http();
        if (http != null) {
            context.print("  storefront    " + http + "/");
        }
        context.print("  platform      " + status.app().url());
        context.print("  Prometheus    " + status.prometheus().url());
        context.print("  Alertmanager  " + status.alertmanager().url());
        context.print("  Pushgateway   " + status.pushgateway().url());
        report.notes().forEach(note -> context.print("  note: " + note));
        context.print("stop it with Ctrl-C or ./binnacle down");
    }
}
