package dev.binnacle.app.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.insight.health.Health;
import dev.binnacle.insight.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A topology in the API. What is not known is null, never 0.
 *
 * @param windowSeconds how far back
 * @param window the same as it was asked for
 * @param complete whether everything was learned that was asked for
 * @param gaps what could not be learned, one sentence each
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TopologyView(
        Instant at,
        double windowSeconds,
        String window,
        boolean complete,
        List<String> gaps,
        List<Node> nodes,
        List<Edge> edges) {
    /**
     * Someone in the mesh, or someone it talks to.
     *
     * @param kind workload, gateway, service, external, unknown, passthrough, black-hole or unrouted
     */
    public record Node(
            String id,
            String kind,
            String namespace,
            String name,
            String app,
            String version,
            HealthView health,
            SignalsView signals) {}

    /** What comes to a node and leaves it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SignalsView(
            OptionalDouble requestsPerSecond,
            OptionalDouble errorRate,
            OptionalDouble sentPerSecond,
            OptionalDouble sentErrorRate,
            OptionalDouble tcpBytesPerSecond) {
        static SignalsView of(Topology.Signals signals) {
            return new SignalsView(
                    signals.requestsPerSecond(),
                    signals.errorRate(),
                    signals.sentPerSecond(),
                    signals.sentErrorRate(),
                    signals.tcpBytesPerSecond());
        }
    }

    /** Quantiles in milliseconds. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record LatencyView(OptionalDouble p50, OptionalDouble p95, OptionalDouble p99) {
        static LatencyView of(Topology.Latency latency) {
            return new LatencyView(latency.p50(), latency.p95(), latency.p99());
        }
    }

    /** @param status failing, degraded, unknown, idle or ok */
    public record HealthView(String status, String reason) {
        static HealthView of(Health health) {
            return new HealthView(word(health.status()), health.reason());
        }
    }

    /**
     * Traffic between two nodes.
     *
     * @param protocol http, grpc or tcp
     * @param reporter source or destination: whose proxies counted
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Edge(
            String source,
            String target,
            String protocol,
            String reporter,
            OptionalDouble requestsPerSecond,
            OptionalDouble errorRate,
            LatencyView latencyMs,
            OptionalDouble mtls,
            OptionalDouble retryFactor,
            Map<String, Double> flags,
            Optional<Topology.Tcp> tcp) {
        static Edge of(Topology.Edge edge) {
            return new Edge(
                    edge.source(),
                    edge.target(),
                    word(edge.protocol()),
                    word(edge.reporter()),
                    edge.requestsPerSecond(),
                    edge.errorRate(),
                    LatencyView.of(edge.latency()),
                    edge.mtls(),
                    edge.retryFactor(),
                    edge.flags(),
                    edge.tcp());
        }
    }

    static TopologyView of(Topology topology, String window) {
        return new TopologyView(
                topology.at(),
                topology.window().toMillis() / 1e3,
                window,
                topology.complete(),
                topology.gaps(),
                topology.nodes().stream().map(TopologyView::node).toList(),
                topology.edges().stream().map(Edge::of).toList());
    }

    private static Node node(Topology.Node node) {
        return new Node(
                node.id(),
                word(node.kind()),
                node.namespace(),
                node.name(),
                node.app(),
                node.version(),
                HealthView.of(node.health()),
                SignalsView.of(node.signals()));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
