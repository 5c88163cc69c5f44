package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Progress;
import dev.binnacle.local.process.ProcessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Waits until an instance is healthy, and says which part of it is ready as that happens. */
final class HealthWait {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String STOPPED = "Everything was stopped again. Logs are in .binnacle/logs.";

    private final StatusAssembler status;
    private final Progress progress;
    private final Set<String> told = new HashSet<>();

    HealthWait(StatusAssembler status, Progress progress) {
        this.status = status;
        this.progress = progress;
    }

    /**
     * Returns once everything is healthy.
     *
     * @throws ProblemException naming the process that keeps crashing, or what is not healthy after {@code patience}
     */
    void await(Duration patience) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            StatusReport report = status.report();
            tell(report, begun);
            // Before the good news: an application on every address answers its own probe too.
            failOnMistakes();
            if (report.healthy()) {
                return;
            }
            failOnCrashes(report);
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw ProblemException.no(
                        "not healthy after " + patience.toSeconds() + " s:\n  "
                                + String.join("\n  ", unhealthy(report)),
                        advice(report));
            }
            Thread.sleep(PAUSE);
        }
    }

    private void tell(StatusReport report, long begun) {
        for (var pod : report.status().pods()) {
            String id = pod.name() + "." + pod.namespace();
            if (pod.ready() && told.add(id)) {
                progress.line("  %-34s ready after %.1f s".formatted(id, (System.nanoTime() - begun) / 1e9));
            }
        }
    }

    private static void failOnCrashes(StatusReport report) {
        for (ProcessState process : report.processes()) {
            if (process.phase() == ProcessState.Phase.FAILING) {
                throw ProblemException.no(
                        process.name() + " keeps ending (" + process.lastEnd() + "). Its last lines:\n    "
                                + String.join("\n    ", process.lastLines()),
                        advice(report));
            }
        }
    }

    private void failOnMistakes() {
        List<String> mistakes = status.mistakes();
        if (!mistakes.isEmpty()) {
            throw ProblemException.no(String.join("\n", mistakes), STOPPED);
        }
    }

    private static List<String> unhealthy(StatusReport report) {
        var lines = new ArrayList<String>();
        for (var pod : report.status().pods()) {
            var sidecar = pod.sidecar();
            if (!pod.ready()) {
                lines.add(pod.name() + "." + pod.namespace() + " is not ready");
            } else if (sidecar != null && !sidecar.synced()) {
                lines.add(pod.name() + "." + pod.namespace() + ": its sidecar has not acknowledged its configuration");
            }
        }
        for (ProcessState process : report.processes()) {
            if (process.phase() != ProcessState.Phase.RUNNING) {
                lines.add(process.name() + ": " + process.phase() + ", " + process.lastEnd());
            }
        }
        return lines.isEmpty()
                ? List.of("the app, Prometheus or Alertmanager does not answer its readiness check")
                : lines;
    }

    private static String advice(StatusReport report) {
        String notes = String.join("\n", report.notes());
        return (notes.isEmpty() ? "" : notes + "\n") + STOPPED;
    }
}
