package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.ConnectionPool;
import dev.binnacle.mesh.ir.ConnectionPool.Connections;
import dev.binnacle.mesh.ir.ConnectionPool.Http;
import dev.binnacle.mesh.ir.ConnectionPool.Http2Keepalive;
import dev.binnacle.mesh.ir.ConnectionPool.Limits;
import dev.binnacle.mesh.ir.ConnectionPool.TcpKeepalive;
import dev.binnacle.mesh.ir.ConnectionPool.Version;
import dev.binnacle.mesh.schema.Section;
import java.util.Optional;

/** Reads limits of connections and requests. */
final class ConnectionPoolReader {
    private final Problems problems;

    ConnectionPoolReader(Problems problems) {
        this.problems = problems;
    }

    ConnectionPool read(Section pool) {
        if (!pool.has("tcp") && !pool.has("http")) {
            problems.add(DiagnosticCode.MISSING_FIELD, pool.place(), "the pool has neither tcp nor http", "Remove it");
        }
        var tcp = pool.section("tcp");
        var http = pool.section("http");
        return new ConnectionPool(
                limits(tcp, http), connections(tcp), http.map(this::http).orElse(Http.NONE));
    }

    private static Limits limits(Optional<Section> tcp, Optional<Section> http) {
        return new Limits(
                tcp.flatMap(t -> PolicyReader.positive(t, "maxConnections")),
                http.flatMap(h -> PolicyReader.positive(h, "http1MaxPendingRequests")),
                http.flatMap(h -> PolicyReader.positive(h, "http2MaxRequests")),
                http.flatMap(h -> PolicyReader.positive(h, "maxRetries")));
    }

    private static Connections connections(Optional<Section> tcp) {
        return new Connections(
                tcp.flatMap(t -> t.duration("connectTimeout")),
                tcp.flatMap(t -> t.duration("idleTimeout")),
                tcp.flatMap(t -> t.duration("maxConnectionDuration")),
                tcp.flatMap(t -> t.section("tcpKeepalive")).map(ConnectionPoolReader::keepalive));
    }

    private static TcpKeepalive keepalive(Section keepalive) {
        return new TcpKeepalive(
                PolicyReader.positive(keepalive, "probes"), seconds(keepalive, "time"), seconds(keepalive, "interval"));
    }

    private static Optional<Integer> seconds(Section section, String field) {
        return section.duration(field).map(duration -> Math.toIntExact(duration.toSeconds()));
    }

    private Http http(Section http) {
        boolean ofClient = http.flag("useClientProtocol").orElse(false);
        String upgrade = http.text("h2UpgradePolicy").orElse("DEFAULT");
        if (ofClient && upgrade.equals("UPGRADE")) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    http.place(),
                    "useClientProtocol keeps the client's version of HTTP, and h2UpgradePolicy: UPGRADE changes it",
                    "Keep one of them");
        }
        return new Http(
                http.duration("idleTimeout"),
                PolicyReader.positive(http, "maxRequestsPerConnection"),
                PolicyReader.positive(http, "maxConcurrentStreams"),
                http.section("http2KeepAlive").flatMap(ConnectionPoolReader::http2Keepalive),
                ofClient ? Optional.of(Version.OF_CLIENT) : version(upgrade));
    }

    private static Optional<Http2Keepalive> http2Keepalive(Section keepalive) {
        return keepalive
                .duration("interval")
                .flatMap(interval ->
                        keepalive.duration("timeout").map(timeout -> new Http2Keepalive(interval, timeout)));
    }

    private static Optional<Version> version(String upgrade) {
        return switch (upgrade) {
            case "UPGRADE" -> Optional.of(Version.HTTP2);
            case "DO_NOT_UPGRADE" -> Optional.of(Version.OF_PORT);
            default -> Optional.empty();
        };
    }
}
