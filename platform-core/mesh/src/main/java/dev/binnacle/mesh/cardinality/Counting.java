package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.cel.CelExpression;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.StandardLabels;
import dev.binnacle.mesh.ir.Telemetry.Change;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts the series that traffic makes, as each proxy's Telemetry has it counted. */
public final class Counting {
    private final Map<String, ProxyIr> told;
    private final Assumptions assumptions;

    /** Takes what the proxies of a mesh are told; one that is not of it counts as Istio does. */
    public Counting(MeshIr mesh, Assumptions assumptions) {
        this.told = mesh.byId();
        this.assumptions = assumptions;
    }

    /** A label set at a scrape target; its series are told apart by nothing else. */
    private record Key(String proxy, Map<String, String> labels) {}

    /** Returns how many series the traffic makes. */
    public Prediction of(Collection<Flow> flows) {
        return without(flows, Set.of());
    }

    /** Returns how many it would make if no metric had some of its labels. */
    public Prediction without(Collection<Flow> flows, Set<String> labels) {
        var series = new EnumMap<Metric, Long>(Metric.class);
        var unknown = new TreeSet<String>();
        for (Metric metric : Metric.values()) {
            var sets = new HashMap<Key, Long>();
            for (var flow : flows) {
                if (flow.family() == Family.of(metric)) {
                    count(flow, change(flow, metric), labels, sets, unknown);
                }
            }
            series.put(
                    metric,
                    Family.width(metric)
                            * sets.values().stream().mapToLong(Long::longValue).sum());
        }
        return new Prediction(series, unknown);
    }

    private Change change(Flow flow, Metric metric) {
        return Optional.ofNullable(told.get(flow.proxy()))
                .map(ProxyIr::telemetry)
                .map(telemetry -> flow.isAtServer() ? telemetry.server() : telemetry.client())
                .map(side -> side.metrics().get(metric))
                .orElse(Change.NONE);
    }

    private void count(Flow flow, Change change, Set<String> without, Map<Key, Long> sets, SortedSet<String> unknown) {
        if (change.disabled()) {
            return;
        }
        var labels = new TreeMap<String, String>();
        flow.labels().forEach((name, value) -> {
            boolean kept = change.tags().containsKey(name)
                    ? change.tags().get(name).isPresent()
                    : StandardLabels.IN_ORDER.contains(name);
            if (kept && !without.contains(name)) {
                labels.put(name, value);
            }
        });
        long copies = 1;
        for (var tag : change.tags().entrySet()) {
            boolean added = tag.getValue().isPresent() && !flow.labels().containsKey(tag.getKey());
            if (added && !without.contains(tag.getKey())) {
                copies *= values(tag.getKey(), tag.getValue().orElseThrow(), unknown);
            }
        }
        sets.merge(new Key(flow.proxy(), labels), copies, Math::max);
    }

    private int values(String label, String expression, SortedSet<String> unknown) {
        var known = assumptions.valuesOf(label);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        Set<String> choices = CelExpression.choices(expression).orElse(Set.of());
        if (choices.isEmpty()) {
            unknown.add(label);
        }
        return Math.max(1, choices.size());
    }

    /** Returns the labels that any of the traffic has, or that a Telemetry adds, sorted. */
    public SortedSet<String> labels(Collection<Flow> flows) {
        var labels = new TreeSet<String>();
        var seen = new HashSet<Change>();
        for (var flow : flows) {
            flow.labels().keySet().stream()
                    .filter(StandardLabels.IN_ORDER::contains)
                    .forEach(labels::add);
            flow.family().metrics().stream()
                    .map(metric -> change(flow, metric))
                    .filter(seen::add)
                    .forEach(change -> change.tags().forEach((name, expression) -> {
                        if (expression.isPresent()) {
                            labels.add(name);
                        }
                    }));
        }
        return labels;
    }
}
