package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.Leftovers;
import dev.binnacle.local.instance.SocketFolder;
import dev.binnacle.local.launcher.InstanceStatus;
import dev.binnacle.local.launcher.StatusReport;
import dev.binnacle.local.process.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", mixinStandardHelpOptions = true, description = "Show processes, pods and addresses.")
final class StatusCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "-o", paramLabel = "json", description = "Print JSON.")
    private OutputFormat format = OutputFormat.TEXT;

    StatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireLauncher();
        try (var control = new ControlClient(context.launcher())) {
            StatusReport report = control.status();
            if (format == OutputFormat.JSON) {
                context.printJson(report.status());
            } else {
                show(report);
            }
            return ExitCode.OK;
        }
    }

    /** A launcher that was killed leaves processes behind: they are ended here, as the next {@code up} would. */
    private void requireLauncher() throws IOException {
        Layout layout = context.layout();
        boolean alive = LauncherRecord.read(layout.launcherFile())
                .filter(record -> record.launcher().isAlive())
                .isPresent();
        if (alive) {
            return;
        }
        var leftovers = Leftovers.of(layout);
        if (!leftovers.isEmpty()) {
            int ended = Leftovers.end(leftovers);
            Files.deleteIfExists(layout.launcherFile());
            SocketFolder.remove(layout);
            throw ProblemException.no(
                    "the launcher had been killed; ended the " + ended + " processes it left behind",
                    "Start it again with ./binnacle up.");
        }
    }

    private void show(String server, InstanceStatus.Endpoint endpoint) {
        context.print("  %-13s %s  pid %s".formatted(server, endpoint.url(), endpoint.pid()));
    }

    private void show(StatusReport report) {
        InstanceStatus status = report.status();
        context.print(report.healthy() ? "healthy" : "not healthy");
        show("platform", status.app());
        show("Prometheus", status.prometheus());
        show("Alertmanager", status.alertmanager());
        show("Pushgateway", status.pushgateway());
        context.print("  ingress       " + status.ingress().http() + "  "
                + status.ingress().https());
        context.print("");
        context.print("%-28s %-14s %-6s %-9s %-14s %8s %8s"
                .formatted("POD", "NAMESPACE", "READY", "SIDECAR", "ADDRESS", "PID", "RESTARTS"));
        status.pods().forEach(pod -> context.print(line(pod)));
        report.notes().forEach(note -> context.print("note: " + note));
        report.processes().stream()
                .filter(process -> process.phase() != ProcessState.Phase.RUNNING
                        || !process.lastLines().isEmpty())
                .forEach(this::showTrouble);
    }

    private static String line(InstanceStatus.PodStatus pod) {
        var sidecar = pod.sidecar();
        return "%-28s %-14s %-6s %-9s %-14s %8s %8d"
                .formatted(
                        pod.name(),
                        pod.namespace(),
                        pod.ready() ? "yes" : "no",
                        sidecar == null ? "-" : sidecar.synced() ? "in step" : "behind",
                        pod.podIp(),
                        pod.pid() == null ? "-" : pod.pid(),
                        pod.restarts());
    }

    private void showTrouble(ProcessState process) {
        context.print("");
        context.print(process.name() + " is " + process.phase() + " after " + process.restarts() + " restarts"
                + (process.lastEnd() == null ? "" : ", last: " + process.lastEnd()));
        process.lastLines().forEach(line -> context.print("    " + line));
    }
}
