package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timeouts, further tries, and what is left out or refused when too much fails or too much comes. */
@ExtendWith(ExecutedMesh.class)
class ResilienceIT {
    private static final String TO_V1 = "route: [{destination: {host: echo, subset: v1}}]";

    @Test
    @Executes("VirtualService spec.http[].timeout")
    void whatTakesTooLongIsGivenUp(Case mesh) {
        mesh.rules("""
                - timeout: 300ms
                  %s
                """.formatted(TO_V1));

        mesh.send("GET / delay: 3000").is(504).tookAbout(Duration.ofMillis(300));
        mesh.counted("1x caller > echo v1 504 UT");
        mesh.received("1x caller > echo v1 0 DC");
        mesh.spent(Duration.ofMillis(300));
    }

    @Test
    @Executes("VirtualService spec.http[].retries.{attempts,retryOn}")
    void whatFailsIsTriedAgain(Case mesh) {
        mesh.rules("""
                - retries: {attempts: 2, retryOn: "5xx,409"}
                  %s
                """.formatted(TO_V1));

        mesh.send("GET / fail: 503; first: 2").by("echo-v1").saw("x-envoy-attempt-count", "3");
        mesh.counted("1x caller > echo v1 200 -");
        mesh.received("2x caller > echo v1 503 -", "1x caller > echo v1 200 -");
        mesh.send("GET / fail: 500").is(500);
        mesh.send("GET / fail: 409; first: 1").by("echo-v1");
        mesh.send("GET / fail: 404").is(404);
        mesh.counted("2x caller > echo v1 200 -", "1x caller > echo v1 500 URX", "1x caller > echo v1 404 -");
    }

    @Test
    @Executes("VirtualService spec.http[].retries.perTryTimeout")
    void eachTryHasItsTime(Case mesh) {
        mesh.rules("""
                - retries: {attempts: 1, perTryTimeout: 300ms, retryOn: 5xx}
                  %s
                """.formatted(TO_V1));

        mesh.send("GET / delay: 3000; first: 1").by("echo-v1").tookAbout(Duration.ofMillis(300));
        mesh.send("GET / delay: 3000").is(504).tookAbout(Duration.ofMillis(600));
        mesh.counted("1x caller > echo v1 200 -", "1x caller > echo v1 504 URX,UT");
    }

    @Test
    @Executes("VirtualService spec.http[].retries.backoff")
    void triesAreApart(Case mesh) {
        mesh.rules("""
                - retries: {attempts: 1, retryOn: 5xx, backoff: 600ms}
                  %s
                """.formatted(TO_V1));

        // Each waits any time up to the limit: that twelve wait less than a third of it will not be seen.
        var replies = mesh.sendTogether(12, "GET / fail: 503; first: 1");
        assertThat(replies).allSatisfy(reply -> reply.by("echo-v1"));
        assertThat(replies).anySatisfy(reply -> assertThat(reply.took()).isGreaterThan(Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Executes("VirtualService spec.http[].retries.retryIgnorePreviousHosts")
    void anotherTryAsksAnotherPodUnlessToldNotTo(boolean other, Case mesh) {
        mesh.policy("loadBalancer: {simple: RANDOM}");
        mesh.rules("""
                - retries: {attempts: 1, retryOn: 5xx, retryIgnorePreviousHosts: %s}
                  route: [{destination: {host: echo}}]
                """.formatted(other));

        // A quarter by chance; one of 128 where Envoy looks six times for another pod and then takes what it has.
        var failed = IntStream.range(0, 80)
                .filter(i -> mesh.send("GET / fail: 503; only: echo-v1").status() == 503)
                .count();

        assertThat(failed > 5).isNotEqualTo(other);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Executes("VirtualService spec.http[].retries.retryRemoteLocalities")
    void anotherTryLeavesTheRegionIfItMay(boolean remote, Case mesh) {
        mesh.policy("""
                loadBalancer: {localityLbSetting: {failover: [{from: eu, to: us}]}}
                outlierDetection: {consecutive5xxErrors: 1000}
                """);
        mesh.rules("""
                - retries: {attempts: 2, retryOn: 5xx, retryRemoteLocalities: %s}
                  route: [{destination: {host: echo}}]
                """.formatted(remote));

        mesh.send("GET / fail: 503; only: echo-v1").is(remote ? 200 : 503);
        mesh.counted(remote ? "1x caller > echo v2 200 -" : "1x caller > echo v1 503 URX");
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.{tcp.maxConnections,http.http1MaxPendingRequests}")
    void whatFindsNoConnectionAndNoPlaceToWaitOverflows(Case mesh) {
        mesh.policy("connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}");
        mesh.rules("- " + TO_V1);

        // Whoever waits for the connection itself has a place, too.
        mesh.send("GET /").is(200);
        assertThat(mesh.sendTogether(4, "GET / delay: 500"))
                .extracting(Reply::status)
                .containsExactlyInAnyOrder(200, 200, 503, 503);
        mesh.counted("3x caller > echo v1 200 -", "2x caller > echo unknown 503 UO");
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.connectionPool.http.http2MaxRequests")
    void requestsAtOnceAreLimited(Case mesh) {
        mesh.policy("connectionPool: {http: {http2MaxRequests: 2}}");
        mesh.rules("- " + TO_V1);

        assertThat(mesh.sendTogether(3, "GET / delay: 500"))
                .extracting(Reply::status)
                .containsExactlyInAnyOrder(200, 200, 503);
        mesh.counted("2x caller > echo v1 200 -", "1x caller > echo v1 503 UO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"connectionPool: {http: {maxRetries: 1}}", "retryBudget: {percent: 1, minRetryConcurrency: 1}"})
    @Executes({
        "DestinationRule spec.trafficPolicy.connectionPool.http.maxRetries",
        "DestinationRule spec.trafficPolicy.retryBudget.{percent,minRetryConcurrency}"
    })
    void furtherTriesAtOnceAreLimited(String limit, Case mesh) {
        mesh.policy(limit);
        mesh.rules("""
                - retries: {attempts: 1, retryOn: 5xx, backoff: 500ms}
                  %s
                """.formatted(TO_V1));

        var replies = mesh.sendTogether(8, "GET / fail: 503; first: 1");

        // One at a time is tried again; the others come while it waits.
        assertThat(replies).extracting(Reply::status).contains(200, 503);
        long failed = replies.stream().filter(reply -> reply.status() == 503).count();
        mesh.counted((8 - failed) + "x caller > echo v1 200 -", failed + "x caller > echo v1 503 UO");
    }

    @Test
    @Executes(
            "DestinationRule spec.trafficPolicy.outlierDetection.{consecutive5xxErrors,interval,baseEjectionTime,maxEjectionPercent}")
    void aPodThatFailsIsLeftOutForAWhile(Case mesh) {
        mesh.policy("""
                loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {enabled: false}}
                outlierDetection: {consecutive5xxErrors: 2, interval: 100ms, baseEjectionTime: 1s, maxEjectionPercent: 50}
                """);

        assertThat(failuresUntilEjected(mesh, 500)).isEqualTo(2);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> mesh.send("GET /").answeredBy().equals("echo-v1"));
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.outlierDetection.consecutiveGatewayErrors")
    void onlyErrorsOfGatewaysMayCount(Case mesh) {
        mesh.policy("""
                loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {enabled: false}}
                outlierDetection: {consecutiveGatewayErrors: 2, consecutive5xxErrors: 0, maxEjectionPercent: 50}
                """);

        assertThat(failuresUntilEjected(mesh, 500)).isEqualTo(10);
        assertThat(failuresUntilEjected(mesh, 503)).isEqualTo(2);
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.outlierDetection.maxEjectionPercent")
    void nobodyIsLeftWhenAllMayBeEjected(Case mesh) {
        mesh.policy("""
                loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {enabled: false}}
                outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100}
                """);

        await().until(() -> mesh.send("GET / fail: 500").status() == 503);
        assertThat(mesh.counted()).containsEntry("caller > echo unknown 503 UH", 1);
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.outlierDetection.minHealthPercent")
    void ejectionsEndWhereTooFewWouldBeLeft(Case mesh) {
        mesh.policy("""
                loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {enabled: false}}
                outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100, minHealthPercent: 60}
                """);

        assertThat(failuresUntilEjected(mesh, 500)).isEqualTo(10);
    }

    @Test
    @Executes(
            "DestinationRule spec.trafficPolicy.outlierDetection.{splitExternalLocalOriginErrors,consecutiveLocalOriginFailures}")
    void whereNobodyListensCountsByItself(Case mesh) throws Exception {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: half}
                spec:
                  hosts: [half.outside.test]
                  ports: [{number: 8080, name: http, protocol: HTTP}]
                  resolution: STATIC
                  endpoints: [{address: %s}, {address: 127.0.0.1, ports: {http: %d}}]
                ---
                kind: DestinationRule
                metadata: {name: half}
                spec:
                  host: half.outside.test
                  trafficPolicy:
                    outlierDetection: {splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 2, consecutive5xxErrors: 0, maxEjectionPercent: 50}
                ---
                kind: VirtualService
                metadata: {name: half}
                spec:
                  hosts: [half.outside.test]
                  http: [{retries: {attempts: 0}, route: [{destination: {host: half.outside.test}}]}]
                """.formatted(mesh.address("outside"), Peer.closedPort()));
        var half = mesh.from("caller").to("half.outside.test", 8080);

        int failed = 0;
        for (int inARow = 0; inARow < 12; ) {
            boolean ok = half.send("GET /").status() == 200;
            inARow = ok ? inARow + 1 : 0;
            failed += ok ? 0 : 1;
        }
        assertThat(failed).isEqualTo(2);
    }

    /** Returns how often echo-v1 failed until twelve requests in a row went elsewhere, at most ten. */
    private static int failuresUntilEjected(Case mesh, int status) {
        int failed = 0;
        for (int inARow = 0; inARow < 12 && failed < 10; ) {
            boolean ok = mesh.send("GET / only: echo-v1; fail: " + status).status() == 200;
            inARow = ok ? inARow + 1 : 0;
            failed += ok ? 0 : 1;
        }
        return failed;
    }
}
