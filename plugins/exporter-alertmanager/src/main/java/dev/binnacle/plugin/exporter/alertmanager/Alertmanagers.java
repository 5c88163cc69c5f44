package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.prometheus.sink.Answer;
import dev.binnacle.prometheus.sink.Endpoint;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.export.ExportException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** The Alertmanagers, each of which is told everything; what one of them has heard, all will tell each other. */
final class Alertmanagers implements AutoCloseable {
    private final List<Endpoint> endpoints;
    private final InstantSource clock;
    private final System.Logger log;
    private final Counter requests;
    private final Counter failures;
    private boolean failing;

    Alertmanagers(List<Endpoint> endpoints, InstantSource clock, Meters meters, System.Logger log) {
        this.endpoints = List.copyOf(endpoints);
        this.clock = clock;
        this.log = log;
        this.requests = meters.counter("requests", "Requests sent, each Alertmanager and each try counted");
        this.failures = meters.counter("failed_requests", "Requests that an Alertmanager did not take");
    }

    /** Tells all of them at once, and returns when one has taken it. */
    void send(byte[] alerts) throws ExportException, InterruptedException {
        var problems = new ArrayList<ExportException>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = endpoints.stream()
                    .map(endpoint -> (Callable<Answer>) () ->
                            endpoint.send("POST", Map.of("Content-Type", "application/json"), alerts, alerts.length))
                    .toList();
            for (var answer : threads.invokeAll(tasks)) {
                try {
                    check(answer.get());
                } catch (ExecutionException e) {
                    problems.add(problem(Objects.requireNonNull(e.getCause())));
                } catch (ExportException e) {
                    problems.add(e);
                }
            }
        }
        requests.add(endpoints.size());
        failures.add(problems.size());
        if (problems.size() == endpoints.size()) {
            throw worst(problems);
        }
        logPartial(problems);
    }

    @Override
    public void close() {
        endpoints.forEach(Endpoint::close);
    }

    private void check(Answer answer) throws ExportException {
        if (!answer.isSuccess()) {
            throw answer.failure(Answer.PASSING, clock);
        }
    }

    private static ExportException problem(Throwable cause) {
        return cause instanceof ExportException known
                ? known
                : new ExportException(FailureKind.TRANSIENT, "threw " + cause, cause);
    }

    /** One that may succeed later is worth another try. */
    private static ExportException worst(List<ExportException> problems) {
        return problems.stream()
                .filter(problem -> problem.kind() == FailureKind.TRANSIENT)
                .findFirst()
                .orElse(problems.getFirst());
    }

    /** Said once; the counter tells the rest. */
    private void logPartial(List<ExportException> problems) {
        if (!problems.isEmpty() && !failing) {
            log.log(
                    Level.WARNING,
                    "one of {0} Alertmanagers does not take alerts: {1}",
                    endpoints.size(),
                    problems.getFirst().getMessage());
        }
        failing = !problems.isEmpty();
    }
}
