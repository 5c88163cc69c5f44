package dev.binnacle.plugin.collectors.prometheus.query;

import dev.binnacle.prometheus.config.Query;
import dev.binnacle.prometheus.config.QueryConfig;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.Shown;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks one server its queries, a few at a time, and passes on what it answers. */
public final class QueryCollector implements Collector {
    private static final int AT_ONCE = 4;

    /** How far the server's clock may be from this one's: what is later would be refused by whoever stores it. */
    private static final Duration MOST_APART = Duration.ofMinutes(10);

    private static final Selection NOTHING = new Selection(List.of(), Map.of(), Optional.empty());

    private final QueryConfig config;
    private final Watch watch = new Watch("collector-prometheus-query");
    private final QueryApi api;
    private final QueryReport report;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("query-", 0).factory());

    public QueryCollector(QueryConfig config, QueryLimits limits, AddressRule rule, System.Logger log) {
        this.config = config;
        this.api = new QueryApi(config, limits, rule, watch);
        this.report = new QueryReport(log);
    }

    @Override
    public List<Sample> collect(Instant at) throws CollectionException, InterruptedException {
        var outcomes = outcomes(at);
        var samples = report.samples(outcomes, at);
        var failures =
                outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList();
        if (failures.size() == outcomes.size()) {
            throw new CollectionException(
                    FailureKind.TRANSIENT, Shown.of(config.url()) + ": " + failures.getFirst(), null);
        }
        return samples;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        watch.close();
        api.close();
    }

    private List<Outcome> outcomes(Instant at) throws InterruptedException {
        var deadline = Deadline.in(config.timeout());
        var tasks = config.queries().stream()
                .map(query -> (Callable<Outcome>) () -> ask(query, at, deadline))
                .toList();
        var futures = threads.invokeAll(tasks, config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < futures.size(); i++) {
            outcomes.add(outcome(config.queries().get(i), futures.get(i)));
        }
        return outcomes;
    }

    private Outcome ask(Query query, Instant at, Deadline deadline) {
        long begun = System.nanoTime();
        try {
            var answer = api.ask(query, deadline);
            requireNow(answer, at);
            var selection = Selection.of(query, answer);
            return new Outcome(query, selection, answer.remarks().size(), since(begun), selection.refusal());
        } catch (IOException e) {
            return new Outcome(query, NOTHING, 0, since(begun), Optional.of(reason(e)));
        }
    }

    private Outcome outcome(Query query, Future<Outcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException e) {
            return new Outcome(
                    query,
                    NOTHING,
                    0,
                    config.timeout(),
                    Optional.of("no answer within " + config.timeout().toMillis() + " ms"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void requireNow(Answer answer, Instant at) throws AnswerException {
        for (var point : answer.points()) {
            if (Duration.between(point.at(), at).abs().compareTo(MOST_APART) > 0) {
                throw new AnswerException("the server says it is " + point.at() + ", and here it is " + at);
            }
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
