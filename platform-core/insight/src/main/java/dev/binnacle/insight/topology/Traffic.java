package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Question.TcpMetric;
import dev.binnacle.insight.topology.Topology.Protocol;
import dev.binnacle.insight.topology.Topology.Reporter;
import dev.binnacle.prometheus.istio.IstioLabels;
import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.promql.Selector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
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

    /** An edge, as far as one host was asked over it. */
    record AskedOf(String host, EdgeKey edge) implements Comparable<AskedOf> {
        private static final Comparator<AskedOf> ORDER =
                Comparator.comparing(AskedOf::host).thenComparing(AskedOf::edge);

        @Override
        public int compareTo(AskedOf other) {
            return ORDER.compare(this, other);
        }
    }

    /** Who asked which host: retries are seen between these two. */
    private record Call(Place source, String host) {}

    private final Places places;
    private final Sides<EdgeKey> edges = new Sides<>();
    private final Sides<AskedOf> byHost = new Sides<>();
    private final Map<Call, Double> sent = new HashMap<>();
    private final Map<Call, Double> arrived = new HashMap<>();
    private final Map<EdgeKey, Set<String>> hosts = new HashMap<>();

    private Traffic(Places places) {
        this.places = places;
    }

    static Traffic of(Places places, Answers answers) {
        var traffic = new Traffic(places);
        answers.to(Question.REQUESTS).rowsOrNone().forEach(traffic::request);
        answers.to(Question.TCP).rowsOrNone().forEach(traffic::connection);
        return traffic;
    }

    private void request(Row row) {
        var key = EdgeKey.of(places, row, protocol(row));
        boolean failure = FAILED_REQUEST.test(row.labels());
        String host = row.label(IstioLabels.HOST);
        edges.of(key, row).request(row, failure);
        byHost.of(new AskedOf(host, key), row).request(row, failure);
        hosts.computeIfAbsent(key, edge -> new TreeSet<>()).add(host);
        (Sides.byServer(row) ? arrived : sent).merge(new Call(key.source(), host), row.value(), Double::sum);
    }

    private void connection(Row row) {
        var metric = TcpMetric.valueOf(row.label(Question.METRIC));
        var key = EdgeKey.of(places, row, Protocol.TCP);
        boolean failure = FAILED_CONNECTION.test(row.labels());
        edges.of(key, row).connection(metric, row, failure);
        byHost.of(new AskedOf(row.label(IstioLabels.HOST), key), row).connection(metric, row, failure);
    }

    /** Returns all edges in their order. */
    Set<EdgeKey> edges() {
        return edges.keys();
    }

    /** Returns whose count of an edge holds. */
    Reporter reporter(EdgeKey edge) {
        return edges.reporter(edge);
    }

    /** Returns the count that holds. */
    Tally tally(EdgeKey edge) {
        return edges.that(edge);
    }

    OptionalDouble mtls(EdgeKey edge) {
        return edges.atServers(edge).map(Tally::mtls).orElse(OptionalDouble.empty());
    }

    /** Returns the same, host by host. */
    Sides<AskedOf> byHost() {
        return byHost;
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

    private static Protocol protocol(Row row) {
        return row.label(IstioLabels.PROTOCOL).toLowerCase(Locale.ROOT).startsWith("grpc")
                ? Protocol.GRPC
                : Protocol.HTTP;
    }

    private static Predicate<Map<String, String>> any(List<Selector> alternatives) {
        return alternatives.stream().map(Selector::condition).reduce(labels -> false, Predicate::or);
    }
}
