package dev.binnacle.insight.topology;

import dev.binnacle.insight.health.Evidence;
import dev.binnacle.insight.health.Evidence.Telemetry;
import dev.binnacle.insight.health.Health;
import dev.binnacle.insight.health.HealthRule;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.topology.Topology.Edge;
import dev.binnacle.insight.topology.Topology.Node;
import dev.binnacle.insight.topology.Topology.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Joins what Prometheus answered with what the manifests declare. A function of its arguments; for any thread. */
public final class TopologyBuilder {
    private final HealthRule rule;

    public TopologyBuilder(HealthRule rule) {
        this.rule = rule;
    }

    /**
     * Returns the topology.
     *
     * @param at the time that was asked about
     * @param window over which was counted
     * @param answers those that are missing are gaps
     */
    public Topology build(Instant at, Duration window, Answers answers, Declared declared) {
        var places = new Places(declared);
        var traffic = Traffic.of(places, answers);
        var targets = new Targets(answers.to(Question.TARGETS));
        var judge = new Judge(rule, window, answers, declared, targets);
        return new Topology(
                at,
                window,
                Gaps.of(answers, targets),
                nodes(traffic, declared, judge),
                edges(traffic, new Latencies(places, answers), declared));
    }

    private static List<Edge> edges(Traffic traffic, Latencies latencies, Declared declared) {
        var mirrored = declared.services().stream()
                .filter(Declared.Service::mirrored)
                .map(Declared.Service::host)
                .collect(Collectors.toSet());
        return traffic.edges().stream()
                .map(key -> edge(traffic, latencies, key, mirrored))
                .toList();
    }

    private static Edge edge(Traffic traffic, Latencies latencies, EdgeKey key, Set<String> mirrored) {
        var tally = traffic.tally(key);
        boolean tcp = key.protocol() == Protocol.TCP;
        return new Edge(
                key.source().id(),
                key.target().id(),
                key.protocol(),
                traffic.reporter(key),
                tcp ? OptionalDouble.empty() : OptionalDouble.of(tally.requests()),
                tally.errorRate(),
                tcp ? Topology.Latency.NONE : latencies.of(key),
                traffic.mtls(key),
                tcp ? OptionalDouble.empty() : traffic.retryFactor(key, mirrored),
                tally.flags(),
                tally.tcp());
    }

    private static List<Node> nodes(Traffic traffic, Declared declared, Judge judge) {
        var sums = new HashMap<String, NodeSums>();
        var places = new TreeMap<String, Place>();
        declared.workloads().stream().map(Places::of).forEach(place -> places.put(place.id(), place));
        declared.services().stream()
                .filter(Declared.Service::external)
                .map(Places::of)
                .forEach(place -> places.put(place.id(), place));
        for (var edge : traffic.edges()) {
            places.put(edge.source().id(), edge.source());
            places.put(edge.target().id(), edge.target());
            sums.computeIfAbsent(edge.source().id(), id -> new NodeSums()).outgoing(traffic.tally(edge));
            sums.computeIfAbsent(edge.target().id(), id -> new NodeSums()).incoming(traffic.tally(edge));
        }
        return places.values().stream()
                .map(place -> judge.node(place, sums.getOrDefault(place.id(), new NodeSums())))
                .sorted(Comparator.comparing(Node::id))
                .toList();
    }

    /** Makes nodes of sums. */
    private static final class Judge {
        private final HealthRule rule;
        private final Duration window;
        private final Answer requests;
        private final Targets targets;
        private final Map<String, Declared.Workload> workloads;

        Judge(HealthRule rule, Duration window, Answers answers, Declared declared, Targets targets) {
            this.rule = rule;
            this.window = window;
            this.requests = answers.to(Question.REQUESTS);
            this.targets = targets;
            this.workloads = byId(declared.workloads());
        }

        private static Map<String, Declared.Workload> byId(Collection<Declared.Workload> workloads) {
            return workloads.stream()
                    .collect(Collectors.toMap(
                            workload -> Places.of(workload).id(), workload -> workload, (first, second) -> first));
        }

        Node node(Place place, NodeSums sums) {
            return new Node(
                    place.id(),
                    place.kind(),
                    place.namespace(),
                    place.name(),
                    place.app(),
                    place.version(),
                    health(place, sums),
                    sums.signals(requests instanceof Answer.Rows));
        }

        private Health health(Place place, NodeSums sums) {
            if (requests instanceof Answer.Missing(String reason)) {
                return new Health(Health.Status.UNKNOWN, "Requests are not known: " + reason);
            }
            if (place.equals(Place.UNKNOWN)) {
                return new Health(Health.Status.UNKNOWN, "it has no proxy that says who it is, or nobody declares it");
            }
            var workload = workloads.get(place.id());
            return rule.judge(new Evidence(
                    window,
                    sums.came(),
                    sums.cameFailed(),
                    sums.connections(),
                    sums.sent(),
                    workload == null ? OptionalInt.empty() : workload.readyPods(),
                    workload == null ? Telemetry.NOT_ASKED : targets.of(workload)));
        }
    }
}
