package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of a proxy towards all endpoints of a cluster together, and how long its connections live. Empty is Istio's
 * default: no limit.
 */
public record ConnectionPool(Limits limits, Connections connections, Http http) {
    /** Says nothing. */
    public static final ConnectionPool NONE = new ConnectionPool(Limits.NONE, Connections.NONE, Http.NONE);

    /** Returns the same with a time to connect, unless it has one. */
    public ConnectionPool withConnectTimeout(Duration timeout) {
        var timed = new Connections(
                connections.connectTimeout().or(() -> Optional.of(timeout)),
                connections.idleTimeout(),
                connections.maxDuration(),
                connections.keepalive());
        return new ConnectionPool(limits, timed, http);
    }

    /** Returns the same with a version of HTTP. */
    public ConnectionPool withVersion(Version version) {
        var versioned = new Http(
                http.idleTimeout(), http.perConnection(), http.streams(), http.keepalive(), Optional.of(version));
        return new ConnectionPool(limits, connections, versioned);
    }

    /**
     * What overflows gets 503 (UO).
     *
     * @param connections at the same time
     * @param pending requests that wait for a connection
     * @param requests at the same time
     * @param retries at the same time
     */
    public record Limits(
            Optional<Integer> connections,
            Optional<Integer> pending,
            Optional<Integer> requests,
            Optional<Integer> retries) {
        /** No limit. */
        public static final Limits NONE =
                new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Connections of any protocol.
     *
     * @param connectTimeout empty for Istio's 10 s
     * @param idleTimeout zero for never
     */
    public record Connections(
            Optional<Duration> connectTimeout,
            Optional<Duration> idleTimeout,
            Optional<Duration> maxDuration,
            Optional<TcpKeepalive> keepalive) {
        /** Says nothing. */
        public static final Connections NONE =
                new Connections(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Probes of idle connections, in whole seconds; the system decides what is empty. */
    public record TcpKeepalive(Optional<Integer> probes, Optional<Integer> time, Optional<Integer> interval) {}

    /**
     * Connections that carry HTTP.
     *
     * @param idleTimeout empty for that of connections of any protocol
     * @param perConnection requests after which a connection is closed
     * @param streams of one HTTP/2 connection at the same time
     * @param version empty for what the Service's port says
     */
    public record Http(
            Optional<Duration> idleTimeout,
            Optional<Integer> perConnection,
            Optional<Integer> streams,
            Optional<Http2Keepalive> keepalive,
            Optional<Version> version) {
        /** Says nothing. */
        public static final Http NONE =
                new Http(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Pings of HTTP/2 connections. */
    public record Http2Keepalive(Duration interval, Duration timeout) {}

    /** Which version of HTTP is spoken. */
    public enum Version {
        /** What the Service's port says, whatever the mesh says. */
        OF_PORT,
        /** HTTP/2, whatever the port says. */
        HTTP2,
        /** What the client spoke. */
        OF_CLIENT
    }
}
