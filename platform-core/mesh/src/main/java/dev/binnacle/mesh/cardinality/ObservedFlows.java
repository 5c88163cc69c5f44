package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.StandardLabels;
import dev.binnacle.mesh.ir.Telemetry.Side;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The traffic that Prometheus has seen.
 *
 * @param flows each metric's own, which differ where a Telemetry says so
 */
public record ObservedFlows(Map<Metric, Set<Flow>> flows) {
    /** What Prometheus is asked for: of each metric one series a label set, whatever its buckets. */
    public static final String QUERY = "{__name__=~\""
            + String.join(
                    "|", Arrays.stream(Metric.values()).map(Family::oneSeries).toList()) + "\"}";

    /** Traffic that one proxy counts at the same moments. */
    private record Group(String proxy, Family family) {
        static Group of(Flow flow) {
            return new Group(flow.proxy(), flow.family());
        }
    }

    /**
     * Reads label sets.
     *
     * @param series what {@link #QUERY} gives, each with its {@code __name__} and the target's labels {@code pod} and
     *     {@code namespace}
     * @param mesh the one that made it: what its proxies were told says which labels are theirs
     */
    public static ObservedFlows of(Collection<Map<String, String>> series, MeshIr mesh) {
        var byId = mesh.byId();
        var flows = new EnumMap<Metric, Set<Flow>>(Metric.class);
        for (var labels : series) {
            metric(labels.getOrDefault("__name__", ""))
                    .ifPresent(metric -> flows.computeIfAbsent(metric, m -> new LinkedHashSet<>())
                            .add(flow(metric, labels, byId)));
        }
        return new ObservedFlows(flows);
    }

    private static Optional<Metric> metric(String name) {
        return Arrays.stream(Metric.values())
                .filter(metric -> Family.oneSeries(metric).equals(name))
                .findFirst();
    }

    private static Flow flow(Metric metric, Map<String, String> labels, Map<String, ProxyIr> proxies) {
        String proxy = labels.getOrDefault("pod", labels.getOrDefault("instance", "")) + "."
                + labels.getOrDefault("namespace", "");
        var ours = new TreeMap<>(labels);
        var added = Optional.ofNullable(proxies.get(proxy)).stream()
                .flatMap(each ->
                        Stream.of(each.telemetry().client(), each.telemetry().server()))
                .flatMap(side -> tags(side, metric))
                .toList();
        ours.keySet().removeIf(name -> !StandardLabels.IN_ORDER.contains(name) && !added.contains(name));
        return new Flow(proxy, Family.of(metric), ours);
    }

    private static Stream<String> tags(Side side, Metric metric) {
        var change = side.metrics().get(metric);
        return change == null ? Stream.empty() : change.tags().keySet().stream();
    }

    /** Returns how many series there are. */
    public Prediction now() {
        var series = new EnumMap<Metric, Long>(Metric.class);
        flows.forEach((metric, sets) -> series.put(metric, (long) Family.width(metric) * sets.size()));
        return new Prediction(series, new TreeSet<>());
    }

    /**
     * Returns the traffic itself: of metrics that are counted together, all that any of them says. What says less of the same
     * traffic is left out: a metric that has lost labels, and what an Envoy goes on showing of before.
     */
    public Set<Flow> traffic() {
        var groups = new LinkedHashMap<Group, Map<Set<String>, Set<Flow>>>();
        flows.values().stream()
                .flatMap(Set::stream)
                .forEach(flow -> groups.computeIfAbsent(Group.of(flow), g -> new LinkedHashMap<>())
                        .computeIfAbsent(flow.labels().keySet(), names -> new LinkedHashSet<>())
                        .add(flow));
        return groups.values().stream()
                .flatMap(byNames -> mostDetailed(byNames).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Flow> mostDetailed(Map<Set<String>, Set<Flow>> byNames) {
        var result = new LinkedHashSet<Flow>();
        byNames.forEach((names, own) -> {
            var told = new HashSet<Map<String, String>>();
            byNames.forEach((others, more) -> {
                if (others.size() > names.size() && others.containsAll(names)) {
                    more.forEach(flow -> told.add(only(flow.labels(), names)));
                }
            });
            own.stream().filter(flow -> !told.contains(flow.labels())).forEach(result::add);
        });
        return result;
    }

    private static Map<String, String> only(Map<String, String> labels, Set<String> names) {
        var result = new TreeMap<>(labels);
        result.keySet().retainAll(names);
        return result;
    }

    /** Returns the pods that have counted something. */
    public Set<String> proxies() {
        return flows.values().stream().flatMap(Set::stream).map(Flow::proxy).collect(Collectors.toSet());
    }
}
