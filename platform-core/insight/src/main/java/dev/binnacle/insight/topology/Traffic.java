package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Question.TcpMetric;
import dev.binnacle.insight.topology.Topology.Protocol;
import dev.binnacle.insight.topology.Topology.Reporter;
import dev.binnacle.prometheus.istio.IstioLabels;
import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.promql.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What both sides counted, by edge. A request that both report is one request: the caller's count is taken, and the server's where
 * no caller's proxy counts (facts F4).
 */
final class Traffic {
    private static final Predicate<Map<String, String>> FAILED_REQUEST =
            any(Requests.failed(Selector.of(Requests.TOTAL), Requests.Side.BOTH));
    private static final Predicate<Map<String, String>> FAILED_CONNECTION =
            Requests.failedConnections(Selector.of(TcpMetric.CLOSED.metric())).condition();

    /** Who asked which host: retries are seen between these two. */
    private record Call(Place source, String host) {}

    private final Places places;
    private final Map<EdgeKey, Tally> atCallers = new HashMap<>();
    private final Map<EdgeKey, Tally> atServers = new HashMap<>();
    private final Map<Call, Double> sent = new HashMap<>();
    private final Map<Call, Double> arrived = new HashMap<>();
    private final Map<EdgeKey, Set<String>> hosts = new HashMap<>();

    Traffic(Places places) {
        this.places = places;
    }

    void request(Row row) {
        var key = EdgeKey.of(places, row, protocol(row));
        tally(key, row).request(row, FAILED_REQUEST.test(row.labels()));
        String host = row.label(IstioLabels.HOST);
        hosts.computeIfAbsent(key, edge -> new TreeSet<>()).add(host);
        (byServer(row) ? arrived : sent).merge(new Call(key.source(), host), row.value(), Double::sum);
    }

    void connection(Row row) {
        var metric = TcpMetric.valueOf(row.label(Question.METRIC));
        var key = EdgeKey.of(places, row, Protocol.TCP);
        tally(key, row).connection(metric, row, FAILED_CONNECTION.test(row.labels()));
    }

    /** Returns all edges in their order. */
    SortedSet<EdgeKey> edges() {
        var edges = new TreeSet<>(atCallers.keySet());
        edges.addAll(atServers.keySet());
        return edges;
    }

    /** Returns whose count of an edge holds. */
    Reporter reporter(EdgeKey edge) {
        return atCallers.containsKey(edge) ? Reporter.SOURCE : Reporter.DESTINATION;
    }

    /** Returns the count that holds. */
    Tally tally(EdgeKey edge) {
        var counted = atCallers.getOrDefault(edge, atServers.get(edge));
        return Objects.requireNonNull(counted, "one of the sides counts each edge");
    }

    OptionalDouble mtls(EdgeKey edge) {
        var counted = atServers.get(edge);
        return counted == null ? OptionalDouble.empty() : counted.mtls();
    }

    /**
     * Returns how many requests arrived for each that was sent to the hosts of an edge, wherever they ended; empty where one of
     * the sides does not count, or where copies of other requests arrive as well.
     *
     * @param mirrored hosts that are sent such copies
     */
    OptionalDouble retryFactor(EdgeKey edge, Set<String> mirrored) {
        var asked = hosts.getOrDefault(edge, Set.of());
        if (edge.source().equals(Place.UNKNOWN) || asked.stream().anyMatch(mirrored::contains)) {
            return OptionalDouble.empty();
        }
        double came = sum(arrived, edge.source(), asked);
        return came > 0 ? Tally.share(came, sum(sent, edge.source(), asked)) : OptionalDouble.empty();
    }

    private static double sum(Map<Call, Double> counted, Place source, Set<String> asked) {
        return asked.stream()
                .mapToDouble(host -> counted.getOrDefault(new Call(source, host), 0.0))
                .sum();
    }

    private Tally tally(EdgeKey key, Row row) {
        return (byServer(row) ? atServers : atCallers).computeIfAbsent(key, edge -> new Tally());
    }

    private static boolean byServer(Row row) {
        return row.label(IstioLabels.REPORTER).equals(IstioLabels.SERVER_SIDE);
    }

    private static Protocol protocol(Row row) {
        return row.label(IstioLabels.PROTOCOL).toLowerCase(Locale.ROOT).startsWith("grpc")
                ? Protocol.GRPC
                : Protocol.HTTP;
    }

    private static Predicate<Map<String, String>> any(List<Selector> alternatives) {
        return alternatives.stream().map(Selector::condition).reduce(labels -> false, Predicate::or);
    }
}
