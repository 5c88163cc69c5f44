package dev.binnacle.insight.overview;

import dev.binnacle.insight.alert.Alert;
import dev.binnacle.insight.alert.Owners;
import dev.binnacle.insight.health.Health;
import dev.binnacle.insight.overview.Concern.Page;
import dev.binnacle.insight.overview.Concern.Severity;
import dev.binnacle.insight.slo.Slo;
import dev.binnacle.insight.topology.NodeKind;
import dev.binnacle.insight.topology.Services;
import dev.binnacle.insight.topology.Topology;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What needs attention, worst first, and how many do how well.
 *
 * @param counts services by their health, each status among them
 */
public record Overview(Map<Health.Status, Integer> counts, List<Concern> attention) {
    private static final Set<NodeKind> JUDGED =
            Set.of(NodeKind.WORKLOAD, NodeKind.GATEWAY, NodeKind.EXTERNAL, NodeKind.UNROUTED, NodeKind.BLACK_HOLE);

    /** So many unknown ones are named one by one. */
    private static final int CROWD = 5;

    public Overview {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        attention = List.copyOf(attention);
    }

    /** Everything that is known. */
    public record Known(Topology topology, Services services, List<Alert> alerts, List<Slo> slos, Owners owners) {
        public Known {
            alerts = List.copyOf(alerts);
            slos = List.copyOf(slos);
        }
    }

    /**
     * Makes one.
     *
     * @param more what is wrong besides: configuration, proxies, plugins
     */
    public static Overview of(Known known, List<Concern> more) {
        return new Overview(
                counts(known.services()),
                withoutCrowd(Stream.of(
                                services(known.services()),
                                nodes(known),
                                known.alerts().stream().filter(Overview::isNews).map(Overview::concern),
                                known.slos().stream().flatMap(slo -> concern(slo, known.owners())),
                                more.stream())
                        .flatMap(concerns -> concerns)
                        .distinct()
                        .sorted(Concern.WORST_FIRST)
                        .toList()));
    }

    /** When nothing is known of anybody, that is one thing to look at and not many. */
    private static List<Concern> withoutCrowd(List<Concern> all) {
        var unknown = all.stream()
                .filter(concern -> concern.severity() == Severity.UNKNOWN)
                .toList();
        if (unknown.size() <= CROWD) {
            return all;
        }
        var one = new Concern(
                Severity.UNKNOWN,
                "It is not known how " + unknown.size() + " services, workloads and objectives do",
                unknown.getFirst().title() + ": " + unknown.getFirst().reason(),
                Optional.empty(),
                Page.TOPOLOGY,
                Optional.empty());
        return Stream.concat(all.stream().filter(concern -> concern.severity() != Severity.UNKNOWN), Stream.of(one))
                .toList();
    }

    private static Map<Health.Status, Integer> counts(Services services) {
        var counts = new EnumMap<Health.Status, Integer>(Health.Status.class);
        for (var status : Health.Status.values()) {
            counts.put(status, 0);
        }
        services.services().forEach(service -> counts.merge(service.health().status(), 1, Integer::sum));
        return counts;
    }

    private static Stream<Concern> services(Services services) {
        return services.services().stream()
                .flatMap(service -> concern(
                        service.name() + " in " + service.namespace(), service.health(), service.id(), Page.SERVICE));
    }

    /** A workload whose service does as badly is not said twice. */
    private static Stream<Concern> nodes(Known known) {
        var said = new HashSet<String>();
        known.services().services().stream()
                .filter(service -> service.versions().size() == 1)
                .flatMap(service -> service.versions().stream()
                        .filter(version ->
                                version.health().status() == service.health().status()))
                .forEach(version -> said.add(version.nodeId()));
        return known.topology().nodes().stream()
                .filter(node -> JUDGED.contains(node.kind()) && !said.contains(node.id()))
                .flatMap(node -> concern(title(node), node.health(), node.id(), Page.TOPOLOGY));
    }

    private static String title(Topology.Node node) {
        return switch (node.kind()) {
            case UNROUTED -> "Requests that fit no route";
            case BLACK_HOLE -> "Requests to hosts that the mesh lets nobody reach";
            default -> node.namespace().isEmpty() ? node.name() : node.name() + " in " + node.namespace();
        };
    }

    private static Stream<Concern> concern(String title, Health health, String node, Page page) {
        return severity(health.status()).stream()
                .map(severity ->
                        new Concern(severity, title, health.reason(), Optional.of(node), page, Optional.empty()));
    }

    private static Optional<Severity> severity(Health.Status status) {
        return switch (status) {
            case FAILING -> Optional.of(Severity.FAILING);
            case DEGRADED -> Optional.of(Severity.DEGRADED);
            case UNKNOWN -> Optional.of(Severity.UNKNOWN);
            case IDLE, OK -> Optional.empty();
        };
    }

    /** What an objective's alert says, the objective says itself. */
    private static boolean isNews(Alert alert) {
        return alert.state() == Alert.State.FIRING && !alert.labels().containsKey("slo");
    }

    private static Concern concern(Alert alert) {
        return new Concern(
                alert.severity().equals("critical") ? Severity.FAILING : Severity.DEGRADED,
                alert.name(),
                alert.summary().isEmpty() ? alert.description() : alert.summary(),
                alert.node(),
                Page.SLOS,
                Optional.of(alert.since()));
    }

    private static Stream<Concern> concern(Slo slo, Owners owners) {
        var severity = switch (slo.state()) {
            case EXHAUSTED -> Optional.of(Severity.FAILING);
            case BURNING -> Optional.of(Severity.DEGRADED);
            case UNKNOWN -> Optional.of(Severity.UNKNOWN);
            case NO_TRAFFIC, OK -> Optional.<Severity>empty();
        };
        return severity.stream()
                .map(how -> new Concern(
                        how,
                        slo.written().map(written -> written.title()).orElse(slo.name()) + part(slo),
                        slo.reason(),
                        owners.host(slo.host()),
                        Page.SLOS,
                        Optional.empty()));
    }

    private static String part(Slo slo) {
        return slo.labels().isEmpty()
                ? ""
                : " (" + String.join(", ", slo.labels().values()) + ")";
    }
}
