package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Topology.Latency;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Quantiles of latency by the two ends of an edge. An edge of which several rows tell (a workload that is reached by two names)
 * has the slowest: quantiles have no sum.
 */
final class Latencies {
    private record Ends(String source, String target) {}

    private final Map<Ends, Double> p50;
    private final Map<Ends, Double> p95;
    private final Map<Ends, Double> p99;

    Latencies(Places places, Answers answers) {
        this.p50 = read(places, answers.to(Question.LATENCY_P50));
        this.p95 = read(places, answers.to(Question.LATENCY_P95));
        this.p99 = read(places, answers.to(Question.LATENCY_P99));
    }

    Latency of(EdgeKey edge) {
        var ends = new Ends(edge.source().id(), edge.target().id());
        return new Latency(value(p50, ends), value(p95, ends), value(p99, ends));
    }

    private static Map<Ends, Double> read(Places places, Answer answer) {
        var found = new HashMap<Ends, Double>();
        for (Row row : answer.rowsOrNone()) {
            if (!Double.isNaN(row.value())) {
                found.merge(new Ends(places.source(row).id(), places.target(row).id()), row.value(), Math::max);
            }
        }
        return found;
    }

    private static OptionalDouble value(Map<Ends, Double> values, Ends ends) {
        var value = values.get(ends);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
