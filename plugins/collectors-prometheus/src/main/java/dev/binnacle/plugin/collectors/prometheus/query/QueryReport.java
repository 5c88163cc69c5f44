package dev.binnacle.plugin.collectors.prometheus.query;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts the outcomes of a run together, and says how each query went: in metrics always, in the log when it changes. */
final class QueryReport {
    private final System.Logger log;
    private final Map<String, String> failing = new HashMap<>();
    private final Map<Labels, Integer> dropped = new TreeMap<>();

    QueryReport(System.Logger log) {
        this.log = log;
    }

    List<Sample> samples(List<Outcome> outcomes, Instant at) {
        var samples = new ArrayList<Sample>();
        var seen = new HashSet<Series>();
        for (var outcome : outcomes) {
            note(outcome);
            int passed = pass(outcome, seen, samples);
            var labels = Labels.of("query", outcome.query().name());
            samples.add(QueryMetrics.UP.sample(labels, outcome.failure().isEmpty() ? 1 : 0, at));
            samples.add(QueryMetrics.DURATION.sample(labels, outcome.took().toNanos() / 1e9, at));
            samples.add(QueryMetrics.SERIES.sample(labels, passed, at));
            samples.add(QueryMetrics.REMARKS.sample(labels, outcome.remarks(), at));
        }
        dropped.forEach((labels, count) -> samples.add(QueryMetrics.DROPPED.sample(labels, count, at)));
        return samples;
    }

    /** Passes on what no query before has given, and returns how much that is. */
    private int pass(Outcome outcome, Set<Series> seen, List<Sample> samples) {
        outcome.selection().dropped().forEach((reason, count) -> drop(outcome, reason, count));
        int before = samples.size();
        for (var sample : outcome.selection().samples()) {
            if (seen.add(sample.series())) {
                samples.add(sample);
            } else {
                drop(outcome, Dropped.DUPLICATE, 1);
            }
        }
        return samples.size() - before;
    }

    private void drop(Outcome outcome, Dropped reason, int count) {
        dropped.merge(Labels.of("query", outcome.query().name(), "reason", reason.text()), count, Integer::sum);
    }

    private void note(Outcome outcome) {
        String name = outcome.query().name();
        Optional<String> failure = outcome.failure();
        if (failure.isEmpty()) {
            if (failing.remove(name) != null) {
                log.log(Level.INFO, "query is answered again query={0}", name);
            }
        } else if (!failure.get().equals(failing.put(name, failure.get()))) {
            log.log(Level.WARNING, "query failed query={0} reason={1}", name, failure.get());
        }
    }
}
