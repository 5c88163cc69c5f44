package dev.binnacle.insight.topology;

import dev.binnacle.insight.health.Evidence;
import dev.binnacle.insight.health.Evidence.Telemetry;
import dev.binnacle.insight.health.Health;
import dev.binnacle.insight.health.HealthRule;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Services.Service;
import dev.binnacle.insight.topology.Services.Signals;
import dev.binnacle.insight.topology.Services.Version;
import dev.binnacle.insight.topology.Topology.Edge;
import dev.binnacle.insight.topology.Topology.Latency;
import dev.binnacle.insight.topology.Traffic.AskedOf;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of each declared service how it does, by the answers that make a topology. A function of its arguments; for any thread. */
public final class ServicesBuilder {
    private final HealthRule rule;

    public ServicesBuilder(HealthRule rule) {
        this.rule = rule;
    }

    /**
     * Returns all services that are declared.
     *
     * @param topology made of the same answers
     */
    public Services build(Topology topology, Answers answers, Declared declared) {
        var building = new Building(topology, answers, declared);
        return new Services(
                topology.at(),
                topology.window(),
                topology.gaps(),
                declared.services().stream()
                        .map(building::service)
                        .sorted(Comparator.comparing(Service::namespace).thenComparing(Service::name))
                        .toList());
    }

    /** What came to one host over one workload. */
    private static final class Came {
        private final Tally tally = new Tally();
        private final Histogram durations = new Histogram();

        void add(Came other) {
            tally.add(other.tally);
            durations.add(other.durations);
        }
    }

    private final class Building {
        private final Topology topology;
        private final boolean known;
        private final Targets targets;
        private final Map<String, Declared.Workload> workloads;
        private final Map<String, Topology.Node> nodes;
        private final Map<String, List<Edge>> bySource;
        private final Map<String, List<Edge>> byTarget;
        private final Map<String, UnknownLabels> unknown = new HashMap<>();

        /** By host, and by the id of the node where the requests went. */
        private final Map<String, Map<String, Came>> came = new HashMap<>();

        Building(Topology topology, Answers answers, Declared declared) {
            this.topology = topology;
            this.known = answers.to(Question.REQUESTS) instanceof Answer.Rows;
            this.targets = new Targets(answers.to(Question.TARGETS));
            this.workloads = declared.workloads().stream()
                    .collect(Collectors.toMap(Declared.Workload::key, Function.identity(), (first, second) -> first));
            this.nodes = topology.nodes().stream().collect(Collectors.toMap(Topology.Node::id, Function.identity()));
            this.bySource = topology.edges().stream().collect(Collectors.groupingBy(Edge::source));
            this.byTarget = topology.edges().stream().collect(Collectors.groupingBy(Edge::target));
            count(answers, new Places(declared));
        }

        private void count(Answers answers, Places places) {
            var traffic = Traffic.of(places, answers);
            for (AskedOf asked : traffic.byHost().keys()) {
                var tally = traffic.byHost().that(asked);
                at(asked.host(), asked.edge().target().id()).tally.add(tally);
                unknown.computeIfAbsent(asked.host(), host -> new UnknownLabels())
                        .add(
                                asked.edge(),
                                tally,
                                traffic.byHost().atServers(asked).isPresent());
            }
            for (Row row : answers.to(Question.BUCKETS).rowsOrNone()) {
                at(row.label(IstioLabels.HOST), places.target(row).id())
                        .durations
                        .add(row);
            }
        }

        private Came at(String host, String node) {
            return came.computeIfAbsent(host, h -> new TreeMap<>()).computeIfAbsent(node, n -> new Came());
        }

        Service service(Declared.Service service) {
            var byNode = came.getOrDefault(service.host(), Map.of());
            var all = new Came();
            byNode.values().forEach(all::add);
            var versions = versions(service, byNode, all);
            var ids = versions.stream().map(Version::nodeId).toList();
            return new Service(
                    service.namespace(),
                    service.name(),
                    service.host(),
                    service.external(),
                    service.ports(),
                    health(service, all.tally),
                    signals(all),
                    versions,
                    Comparisons.of(topology.window(), rule.thresholds(), versions),
                    edges(
                            byTarget,
                            Stream.concat(
                                    ids.stream(), Stream.of(Places.of(service).id()))),
                    edges(bySource, ids.stream()),
                    unknown.getOrDefault(service.host(), new UnknownLabels()).said(service.external()));
        }

        private List<Version> versions(Declared.Service service, Map<String, Came> byNode, Came all) {
            return service.workloads().stream()
                    .map(workloads::get)
                    .filter(Objects::nonNull)
                    .map(workload -> version(workload, byNode, all))
                    .sorted(Comparator.comparing(Version::version).thenComparing(Version::workload))
                    .toList();
        }

        private Version version(Declared.Workload workload, Map<String, Came> byNode, Came all) {
            String id = Places.of(workload).id();
            var own = byNode.getOrDefault(id, new Came());
            var node = nodes.get(id);
            return new Version(
                    workload.version(),
                    workload.key(),
                    id,
                    Tally.share(own.tally.requests(), all.tally.requests()),
                    Objects.requireNonNull(node, "what is declared is a node").health(),
                    signals(own),
                    workload.pods());
        }

        private Signals signals(Came came) {
            if (!known) {
                return new Signals(OptionalDouble.empty(), OptionalDouble.empty(), Latency.NONE, came.tally.tcp());
            }
            return new Signals(
                    OptionalDouble.of(came.tally.requests()),
                    Tally.share(came.tally.failed(), came.tally.requests()),
                    came.durations.latency(),
                    came.tally.tcp());
        }

        private Health health(Declared.Service service, Tally tally) {
            if (!known) {
                return new Health(Health.Status.UNKNOWN, "Requests are not known");
            }
            var behind = service.workloads().stream()
                    .map(workloads::get)
                    .filter(Objects::nonNull)
                    .toList();
            return rule.judge(new Evidence(
                    topology.window(),
                    tally.requests(),
                    tally.failed(),
                    tally.connections(),
                    0,
                    ready(behind),
                    telemetry(behind)));
        }

        private OptionalInt ready(List<Declared.Workload> behind) {
            return behind.isEmpty()
                            || behind.stream()
                                    .anyMatch(workload -> workload.readyPods().isEmpty())
                    ? OptionalInt.empty()
                    : OptionalInt.of(behind.stream()
                            .mapToInt(workload -> workload.readyPods().orElse(0))
                            .sum());
        }

        private Telemetry telemetry(List<Declared.Workload> behind) {
            var each = behind.stream().map(targets::of).distinct().toList();
            return switch (each.size()) {
                case 0 -> Telemetry.NOT_ASKED;
                case 1 -> each.getFirst();
                default -> Telemetry.PARTIAL;
            };
        }

        private static List<Edge> edges(Map<String, List<Edge>> byEnd, Stream<String> ends) {
            return ends.distinct()
                    .flatMap(end -> byEnd.getOrDefault(end, List.of()).stream())
                    .toList();
        }
    }
}
