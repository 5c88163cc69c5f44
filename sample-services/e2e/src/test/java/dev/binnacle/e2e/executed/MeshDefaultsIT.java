package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mesh configuration says for all hosts, where no rule says otherwise. */
@ExtendWith(ExecutedMesh.class)
class MeshDefaultsIT {
    @Test
    @Executes("MeshConfig connectTimeout")
    void whoDoesNotAcceptIsGivenUp(Case mesh) throws IOException {
        mesh.config("connectTimeout: 300ms\ndefaultHttpRetryPolicy: {attempts: 0}");
        try (var peer = Peer.full()) {
            var caller = mesh.peer(peer, "HTTP", "connectionPool: {http: {maxRetries: 3}}");

            caller.send("GET /").is(503).tookAbout(Duration.ofMillis(300));
            mesh.counted("1x caller > peer.outside.test unknown 503 UF");
        }
    }

    @Test
    @Executes("MeshConfig defaultHttpRetryPolicy.{attempts,retryOn,perTryTimeout,backoff}")
    void whatFailsIsTriedAgain(Case mesh) {
        mesh.config("defaultHttpRetryPolicy: {attempts: 2, retryOn: 5xx, perTryTimeout: 300ms, backoff: 10ms}");
        mesh.rules("- route: [{destination: {host: echo, subset: v1}}]");

        mesh.send("GET / fail: 503; first: 2").by("echo-v1").saw("x-envoy-attempt-count", "3");
        mesh.received("2x caller > echo v1 503 -", "1x caller > echo v1 200 -");
        mesh.send("GET / delay: 3000; first: 1").by("echo-v1").tookAbout(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Executes("MeshConfig defaultHttpRetryPolicy.retryIgnorePreviousHosts")
    void anotherTryAsksAnotherPodUnlessToldNotTo(boolean other, Case mesh) {
        mesh.config(
                "defaultHttpRetryPolicy: {attempts: 1, retryOn: 5xx, retryIgnorePreviousHosts: %s}".formatted(other));
        mesh.policy("loadBalancer: {simple: RANDOM}");

        // A quarter by chance; one of 128 where Envoy looks six times for another pod and then takes what it has.
        var failed = IntStream.range(0, 80)
                .filter(i -> mesh.send("GET / fail: 503; only: echo-v1").status() == 503)
                .count();

        assertThat(failed > 5).isNotEqualTo(other);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Executes("MeshConfig defaultHttpRetryPolicy.retryRemoteLocalities")
    void anotherTryLeavesTheRegionIfItMay(boolean remote, Case mesh) {
        mesh.config("""
                localityLbSetting: {failover: [{from: eu, to: us}]}
                defaultHttpRetryPolicy: {attempts: 2, retryOn: 5xx, retryRemoteLocalities: %s}
                """.formatted(remote));
        mesh.policy("outlierDetection: {consecutive5xxErrors: 1000}");

        mesh.send("GET / fail: 503; only: echo-v1").is(remote ? 200 : 503);
    }

    @Test
    @Executes("MeshConfig localityLbSetting.distribute[].{from,to}")
    void regionsHaveTheirShares(Case mesh) {
        mesh.config("localityLbSetting: {distribute: [{from: eu/*, to: {eu/z1: 20, us/z1: 80}}]}");

        assertThat(pods(mesh, 100).get("echo-v2")).isBetween(64, 95);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            'failover: [{from: eu, to: us}]'     | yes
            'failoverPriority: ["version=v1"]'   | yes
            'enabled: false'                     | no
            """)
    @Executes("MeshConfig localityLbSetting.{failover[].from,failover[].to,failoverPriority,enabled}")
    void theOwnRegionIsAskedWhileSomebodyIsThere(String setting, String near, Case mesh) {
        mesh.afresh();
        mesh.config("localityLbSetting: {%s}".formatted(setting));
        mesh.policy("""
                loadBalancer: {simple: ROUND_ROBIN}
                outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100, baseEjectionTime: 30s}
                """);

        if (near.equals("yes")) {
            assertThat(pods(mesh, 10)).isEqualTo(Map.of("echo-v1", 10));
            mesh.send("GET / fail: 500").is(500);
            await().until(() -> mesh.send("GET /").answeredBy().equals("echo-v2"));
        } else {
            assertThat(pods(mesh, 10)).isEqualTo(Map.of("echo-v1", 5, "echo-v2", 5));
        }
    }

    @ParameterizedTest
    @CsvSource({"UPGRADE,HTTP/2", "DO_NOT_UPGRADE,HTTP/1.1"})
    @Executes("MeshConfig h2UpgradePolicy")
    void theVersionOfHttpIsChosen(String upgrade, String version, Case mesh) throws IOException {
        mesh.config("h2UpgradePolicy: " + upgrade);
        try (var peer = Peer.silent()) {
            var caller = mesh.peer(peer, "HTTP", "connectionPool: {http: {http1MaxPendingRequests: 10}}");
            try (var wire = caller.connect()) {
                wire.ask("GET", "/", Map.of("host", "peer.outside.test:8080"));
                await().until(() -> !peer.connections().isEmpty()
                        && peer.connections().getFirst().bytes().length > 18);
            }
            String request = version.equals("HTTP/2") ? "PRI * HTTP/2.0" : "GET / HTTP/1.1";
            assertThat(peer.connections().getFirst().text()).startsWith(request);
        }
    }

    @Test
    @Executes("MeshConfig defaultDestinationRuleExportTo")
    void destinationRulesAreForTheirNamespaceWhereTheMeshSaysSo(Case mesh) {
        mesh.config("defaultDestinationRuleExportTo: ['.']");
        mesh.policy("tls: {mode: DISABLE}");

        mesh.send("GET /").is(200);
        mesh.from("stranger").send("GET /").is(200);
        mesh.secured("1x none", "1x mutual_tls");
    }

    private static Map<String, Integer> pods(Case mesh, int requests) {
        var result = new TreeMap<String, Integer>();
        IntStream.range(0, requests)
                .forEach(i -> result.merge(mesh.send("GET /").answeredBy(), 1, Integer::sum));
        return result;
    }
}
