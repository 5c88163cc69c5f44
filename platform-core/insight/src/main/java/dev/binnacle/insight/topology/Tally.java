package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Question.TcpMetric;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Adds up what one side counted of one edge. */
final class Tally {
    private final Map<TcpMetric, Double> tcp = new EnumMap<>(TcpMetric.class);
    private final Map<String, Double> flags = new TreeMap<>();
    private double requests;
    private double failed;
    private double failedConnections;
    private double secured;
    private double witnessed;

    void request(Row row, boolean failure) {
        requests += row.value();
        failed += failure ? row.value() : 0;
        peculiar(row);
        security(row);
    }

    void connection(TcpMetric metric, Row row, boolean failure) {
        tcp.merge(metric, row.value(), Double::sum);
        if (metric == TcpMetric.CLOSED) {
            failedConnections += failure ? row.value() : 0;
            peculiar(row);
            security(row);
        }
    }

    private void peculiar(Row row) {
        String said = row.label(IstioLabels.FLAGS);
        if (!said.isEmpty() && !said.equals(IstioLabels.NO_FLAGS) && row.value() > 0) {
            flags.merge(said, row.value(), Double::sum);
        }
    }

    private void security(Row row) {
        witnessed += row.value();
        secured += row.label(IstioLabels.SECURITY).equals(IstioLabels.MUTUAL_TLS) ? row.value() : 0;
    }

    /** Adds what another one has counted. */
    void add(Tally other) {
        requests += other.requests;
        failed += other.failed;
        failedConnections += other.failedConnections;
        secured += other.secured;
        witnessed += other.witnessed;
        other.tcp.forEach((metric, value) -> tcp.merge(metric, value, Double::sum));
        other.flags.forEach((flag, value) -> flags.merge(flag, value, Double::sum));
    }

    double requests() {
        return requests;
    }

    double failed() {
        return failed;
    }

    Map<String, Double> flags() {
        return flags;
    }

    double connections() {
        return tcp.getOrDefault(TcpMetric.OPENED, 0.0);
    }

    double bytes() {
        return tcp.getOrDefault(TcpMetric.SENT, 0.0) + tcp.getOrDefault(TcpMetric.RECEIVED, 0.0);
    }

    /** The share of failures among what came to an end. */
    OptionalDouble errorRate() {
        return tcp.isEmpty()
                ? share(failed, requests)
                : share(failedConnections, tcp.getOrDefault(TcpMetric.CLOSED, 0.0));
    }

    /** The share of the traffic that was secured; only the server's side knows (facts F1). */
    OptionalDouble mtls() {
        return share(secured, witnessed);
    }

    Optional<Topology.Tcp> tcp() {
        return tcp.isEmpty()
                ? Optional.empty()
                : Optional.of(new Topology.Tcp(
                        connections(),
                        tcp.getOrDefault(TcpMetric.SENT, 0.0),
                        tcp.getOrDefault(TcpMetric.RECEIVED, 0.0)));
    }

    static OptionalDouble share(double part, double whole) {
        return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
    }
}
