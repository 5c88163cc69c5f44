package dev.binnacle.insight.topology;

import dev.binnacle.insight.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Who talked to whom in a window, and how that went. Everything is sorted: the same answers make the same value.
 *
 * @param at the window's end
 * @param gaps what could not be learned, one sentence each; the rest is right without it
 */
public record Topology(Instant at, Duration window, List<String> gaps, List<Node> nodes, List<Edge> edges) {
    public Topology {
        gaps = List.copyOf(gaps);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** Returns whether everything was learned that was asked for. */
    public boolean complete() {
        return gaps.isEmpty();
    }

    /**
     * Someone in the mesh, or someone it talks to.
     *
     * @param id names it in edges and links, whatever its state is
     * @param namespace empty outside of the mesh
     * @param app its application, empty when it belongs to none
     * @param version of the application, empty when nobody says
     */
    public record Node(
            String id,
            NodeKind kind,
            String namespace,
            String name,
            String app,
            String version,
            Health health,
            Signals signals) {}

    /**
     * What comes to a node and leaves it; empty where that is not known.
     *
     * @param requestsPerSecond that came
     * @param errorRate the share of them that failed, 0 to 1, as whoever sent them felt it; empty without requests
     * @param sentPerSecond requests that it sent
     * @param sentErrorRate the share of them that failed
     * @param tcpBytesPerSecond over TCP, both ways
     */
    public record Signals(
            OptionalDouble requestsPerSecond,
            OptionalDouble errorRate,
            OptionalDouble sentPerSecond,
            OptionalDouble sentErrorRate,
            OptionalDouble tcpBytesPerSecond) {}

    /** How traffic is spoken. */
    public enum Protocol {
        HTTP,
        GRPC,
        TCP
    }

    /** Whose proxies counted. */
    public enum Reporter {
        /** The callers': what the user felt. */
        SOURCE,
        /** The servers': nobody else did. */
        DESTINATION
    }

    /**
     * Traffic from one node to another in one protocol; empty where something is not known.
     *
     * @param errorRate the share of requests that failed, 0 to 1, of connections with TCP; empty without traffic
     * @param mtls the share of the traffic that was secured by mutual TLS, 0 to 1, as the server's side says
     * @param retryFactor how many requests arrived for each that was sent; 1 without retries
     * @param flags failures and other peculiarities per second, by Envoy's response flags as they were counted
     */
    public record Edge(
            String source,
            String target,
            Protocol protocol,
            Reporter reporter,
            OptionalDouble requestsPerSecond,
            OptionalDouble errorRate,
            Latency latency,
            OptionalDouble mtls,
            OptionalDouble retryFactor,
            Map<String, Double> flags,
            Optional<Tcp> tcp) {
        public Edge {
            flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
        }
    }

    /** How long requests took, in milliseconds; empty without requests. */
    public record Latency(OptionalDouble p50, OptionalDouble p95, OptionalDouble p99) {
        static final Latency NONE = new Latency(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** Connections. Envoy counts bytes when a connection ends. */
    public record Tcp(double connectionsPerSecond, double sentBytesPerSecond, double receivedBytesPerSecond) {}
}
