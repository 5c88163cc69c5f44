package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.e2e.executed.Peer.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connections that a sidecar makes, as who accepts them sees them. */
@ExtendWith(ExecutedMesh.class)
class ConnectionsOutIT {
    private static final String PREFACE = "PRI * HTTP/2.0";
    private static final int PING = 6;

    @Test
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.http.maxRequestsPerConnection")
    void aConnectionIsForSoManyRequests(Case mesh) throws IOException {
        try (var peer = Peer.http()) {
            var caller = mesh.peer(peer, "HTTP", "connectionPool: {http: {maxRequestsPerConnection: 2}}");

            for (int i = 0; i < 4; i++) {
                caller.send("GET /").is(200);
            }
            assertThat(peer.connections()).hasSize(2);
            mesh.counted("4x caller > peer.outside.test unknown 200 -");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            'connectionPool: {http: {idleTimeout: 300ms}}'           | 300
            'connectionPool: {tcp: {idleTimeout: 300ms}}'            | 300
            'connectionPool: {tcp: {maxConnectionDuration: 500ms}}'  | 500
            """)
    @Executes(
            "DestinationRule spec.trafficPolicy.connectionPool.{http.idleTimeout,tcp.idleTimeout,tcp.maxConnectionDuration}")
    void aConnectionEnds(String policy, int milliseconds, Case mesh) throws IOException {
        try (var peer = Peer.http()) {
            mesh.peer(peer, "HTTP", policy).send("GET /").is(200);

            var connection = peer.connections().getFirst();
            until(connection::isClosed);
            assertThat(connection.lasted()).isBetween(Duration.ofMillis(milliseconds - 20), Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            'connectionPool: {tcp: {idleTimeout: 300ms}}'            | 300
            'connectionPool: {tcp: {maxConnectionDuration: 500ms}}'  | 500
            """)
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.tcp.{idleTimeout,maxConnectionDuration}")
    void aTunnelledConnectionEnds(String policy, int milliseconds, Case mesh) throws IOException {
        try (var peer = Peer.silent();
                var wire = mesh.peer(peer, "TCP", policy).connect()) {
            wire.write("hello".getBytes(StandardCharsets.US_ASCII));
            wire.rest();

            until(() -> peer.connections().getFirst().isClosed());
            assertThat(peer.connections().getFirst().text()).isEqualTo("hello");
            assertThat(peer.connections().getFirst().lasted())
                    .isBetween(Duration.ofMillis(milliseconds - 20), Duration.ofSeconds(3));
            mesh.connected("1x caller > peer.outside.test unknown -");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            HTTP  | connectionPool: {http: {h2UpgradePolicy: DEFAULT}}        | no
            HTTP  | connectionPool: {http: {h2UpgradePolicy: UPGRADE}}        | yes
            HTTP2 | connectionPool: {http: {http1MaxPendingRequests: 10}}     | yes
            HTTP2 | connectionPool: {http: {useClientProtocol: true}}         | no
            """)
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.http.{h2UpgradePolicy,useClientProtocol}")
    void theVersionOfHttpIsChosen(String protocol, String policy, String http2, Case mesh) throws IOException {
        try (var peer = Peer.silent()) {
            var caller = mesh.peer(peer, protocol, policy);
            try (var wire = caller.connect()) {
                wire.ask("GET", "/", Map.of("host", "peer.outside.test:8080"));
                until(() -> !peer.connections().isEmpty()
                        && peer.connections().getFirst().bytes().length > 14);
            }
            assertThat(peer.connections().getFirst().text())
                    .startsWith(http2.equals("yes") ? PREFACE : "GET / HTTP/1.1");
        }
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.http.maxConcurrentStreams")
    void aConnectionCarriesSoManyStreams(Case mesh) throws IOException {
        try (var peer = Peer.http2()) {
            var caller = mesh.peer(peer, "HTTP2", "connectionPool: {http: {maxConcurrentStreams: 2}}");
            try (var one = caller.connect();
                    var two = caller.connect();
                    var three = caller.connect()) {
                for (var wire : new Wire[] {one, two, three}) {
                    wire.ask("GET", "/", Map.of("host", "peer.outside.test:8080"));
                }
                until(() -> peer.connections().size() == 2);
            }
        }
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.http.http2KeepAlive.{interval,timeout}")
    void aPeerThatDoesNotAnswerPingsIsLeft(Case mesh) throws IOException {
        try (var peer = Peer.http2()) {
            var caller = mesh.peer(
                    peer, "HTTP2", "connectionPool: {http: {http2KeepAlive: {interval: 300ms, timeout: 200ms}}}");
            var request = CompletableFuture.supplyAsync(() -> caller.send("GET /"));

            until(() -> !peer.connections().isEmpty());
            var connection = peer.connections().getFirst();
            until(() -> frameTypes(connection).contains(PING));
            request.join().is(503);
            assertThat(connection.lasted()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
            mesh.counted("1x caller > peer.outside.test unknown 503 UC");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"V1,PROXY TCP4 127.0.0.1 127.", "V2,'\r\n\r\n\0\r\nQUIT\n'"})
    @Executes("DestinationRule spec.trafficPolicy.proxyProtocol.version")
    void aConnectionBeginsWithWhoseItIs(String version, String beginning, Case mesh) throws IOException {
        try (var peer = Peer.silent()) {
            var caller = mesh.peer(peer, "TCP", "proxyProtocol: {version: %s}".formatted(version));
            try (var wire = caller.connect()) {
                wire.write("hello".getBytes(StandardCharsets.US_ASCII));
                until(() -> !peer.connections().isEmpty()
                        && peer.connections().getFirst().text().endsWith("hello"));
            }
            assertThat(peer.connections().getFirst().text()).startsWith(beginning);
        }
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.tcp.connectTimeout")
    void whoDoesNotAcceptIsGivenUp(Case mesh) throws IOException {
        try (var peer = Peer.full()) {
            var caller = mesh.peer(peer, "HTTP", "connectionPool: {tcp: {connectTimeout: 300ms}}");
            mesh.apply("""
                    kind: VirtualService
                    metadata: {name: peer}
                    spec:
                      hosts: [peer.outside.test]
                      http: [{retries: {attempts: 0}, route: [{destination: {host: peer.outside.test}}]}]
                    """);

            caller.send("GET /").is(503).tookAbout(Duration.ofMillis(300));
            mesh.counted("1x caller > peer.outside.test unknown 503 UF");
        }
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.tcp.tcpKeepalive.{probes,time,interval}")
    void theSystemWatchesIdleConnections(Case mesh) throws IOException {
        try (var peer = Peer.http()) {
            mesh.peer(peer, "HTTP", "connectionPool: {tcp: {tcpKeepalive: {probes: 3, time: 100s, interval: 7s}}}")
                    .send("GET /")
                    .is(200);

            // The kernel tells the kind of a connection's timer, 2 for keepalive, and when it rings, in hundredths.
            String timer = timerOfConnectionTo(peer.port());
            assertThat(timer).startsWith("02:");
            assertThat(Integer.parseInt(timer.substring(3), 16)).isBetween(5_000, 10_000);
        }
    }

    private static String timerOfConnectionTo(int port) throws IOException {
        String remote = ":" + String.format(Locale.ROOT, "%04X", port);
        try (var lines = Files.lines(Path.of("/proc/net/tcp"))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[2].endsWith(remote))
                    .map(fields -> fields[5])
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The types of the HTTP/2 frames that came. */
    private static List<Integer> frameTypes(Connection connection) {
        byte[] bytes = connection.bytes();
        var result = new ArrayList<Integer>();
        int at = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length();
        while (at + 9 <= bytes.length) {
            int length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
            result.add((int) bytes[at + 3]);
            at += 9 + length;
        }
        return result;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }
}
