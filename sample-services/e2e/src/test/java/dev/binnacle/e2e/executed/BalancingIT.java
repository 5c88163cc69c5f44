package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pod of a Service a request goes to, and for which callers a DestinationRule says so. */
@ExtendWith(ExecutedMesh.class)
class BalancingIT {
    @Test
    @Executes("DestinationRule spec.{host,subsets[].name,subsets[].labels,trafficPolicy.loadBalancer.simple}")
    void podsTakeTurns(Case mesh) {
        mesh.policy("loadBalancer: {simple: ROUND_ROBIN}");

        assertThat(pods(10, i -> mesh.send("GET /"))).isEqualTo(Map.of("echo-v1", 5, "echo-v2", 5));
        mesh.counted("5x caller > echo v1 200 -", "5x caller > echo v2 200 -");
        mesh.received("5x caller > echo v1 200 -", "5x caller > echo v2 200 -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RANDOM", "PASSTHROUGH", "UNSPECIFIED", "LEAST_CONN", "LEAST_REQUEST"})
    @Executes("DestinationRule spec.trafficPolicy.loadBalancer.simple")
    void podsAreTakenByChance(String simple, Case mesh) {
        mesh.policy("loadBalancer: {simple: %s}".formatted(simple));

        // That one of two is chosen 30 times in a row will not be seen.
        assertThat(pods(30, i -> mesh.send("GET /"))).containsOnlyKeys("echo-v1", "echo-v2");
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.loadBalancer.simple")
    void thePodWithLessToDoIsPreferred(Case mesh) {
        mesh.policy("loadBalancer: {simple: LEAST_REQUEST}");

        var busy = CompletableFuture.supplyAsync(() -> mesh.sendTogether(12, "GET / delay: 4000; only: echo-v1"));
        var pods = pods(200, i -> mesh.send("GET /"));
        busy.join();

        // The busy one is taken when both that are looked at are it, a quarter; by chance it would be a half. The first
        // few
        // may come before it is busy.
        assertThat(pods.get("echo-v1")).isBetween(10, 80);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            httpHeaderName: x-user                                       | GET / x-user: %d
            httpQueryParameterName: user                                 | GET /?user=%d
            httpHeaderName: x-user, ringHash: {minimumRingSize: 64}      | GET / x-user: %d
            httpHeaderName: x-user, maglev: {tableSize: 251}             | GET / x-user: %d
            httpHeaderName: x-user, minimumRingSize: 64                  | GET / x-user: %d
            httpCookie: {name: user, ttl: 0s}                            | GET / cookie: user=%d
            """)
    @Executes({
        "DestinationRule spec.trafficPolicy.loadBalancer.consistentHash.{httpHeaderName,httpQueryParameterName}",
        "DestinationRule spec.trafficPolicy.loadBalancer.consistentHash.{httpCookie.name,httpCookie.ttl}",
        "DestinationRule spec.trafficPolicy.loadBalancer.consistentHash.{ringHash.minimumRingSize,maglev.tableSize,minimumRingSize}"
    })
    void theSameUserComesToTheSamePod(String hash, String request, Case mesh) {
        mesh.policy("loadBalancer: {consistentHash: {%s}}".formatted(hash));

        var all = new TreeMap<String, Integer>();
        for (int user = 0; user < 16; user++) {
            String line = request.formatted(user * 7919);
            var mine = pods(3, i -> mesh.send(line));
            assertThat(mine).as(line).hasSize(1);
            all.putAll(mine);
        }
        assertThat(all).containsOnlyKeys("echo-v1", "echo-v2");
    }

    @Test
    @Executes(
            "DestinationRule spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.{name,path,ttl,attributes[].name,attributes[].value}")
    void whoHasNoCookieGetsOneAndComesBackWithIt(Case mesh) {
        mesh.policy("""
                loadBalancer:
                  consistentHash:
                    httpCookie: {name: user, path: /shop, ttl: 60s, attributes: [{name: SameSite, value: Strict}]}
                """);

        var first = mesh.send("GET /").is(200);
        String cookie = first.header("set-cookie").orElseThrow();
        assertThat(cookie).startsWith("user=").contains("Max-Age=60", "Path=/shop", "SameSite=Strict", "HttpOnly");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(pods(8, i -> mesh.send("GET / cookie: " + pair))).containsOnlyKeys(first.answeredBy());
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.loadBalancer.consistentHash.useSourceIp")
    void theSameAddressComesToTheSamePod(Case mesh) {
        mesh.policy("loadBalancer: {consistentHash: {useSourceIp: true}}");

        var all = new TreeMap<String, Integer>();
        for (int i = 0; i < 16; i++) {
            var caller = mesh.from("caller").at("127.0.0." + (10 + i));
            var mine = pods(3, n -> caller.send("GET /"));
            assertThat(mine).hasSize(1);
            all.putAll(mine);
        }
        assertThat(all).containsOnlyKeys("echo-v1", "echo-v2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ringHash: {minimumRingSize: 64}  | "minimum_ring_size": "64"
            minimumRingSize: 128             | "minimum_ring_size": "128"
            maglev: {tableSize: 251}         | "table_size": "251"
            """, quoteCharacter = '`')
    @Executes(
            "DestinationRule spec.trafficPolicy.loadBalancer.consistentHash.{ringHash.minimumRingSize,maglev.tableSize,minimumRingSize}")
    void envoyHasTheSizeOfTheTable(String size, String config, Case mesh) {
        mesh.policy("loadBalancer: {consistentHash: {httpHeaderName: x-user, %s}}".formatted(size));

        assertThat(mesh.envoyConfig("caller")).contains(config);
    }

    @Test
    @Executes("DestinationRule spec.trafficPolicy.loadBalancer.localityLbSetting.{distribute[].from,distribute[].to}")
    void regionsHaveTheirShares(Case mesh) {
        mesh.policy("loadBalancer: {localityLbSetting: {distribute: [{from: eu/*, to: {eu/z1: 20, us/z1: 80}}]}}");

        var pods = pods(100, i -> mesh.send("GET /"));

        assertThat(pods.get("echo-v2")).isBetween(64, 95);
        mesh.counted(
                pods.get("echo-v1") + "x caller > echo v1 200 -", pods.get("echo-v2") + "x caller > echo v2 200 -");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            'failover: [{from: eu, to: us}]'                       | yes
            'failoverPriority: [topology.kubernetes.io/region]'    | yes
            'failoverPriority: ["version=v1"]'                     | yes
            'enabled: false'                                       | no
            """)
    @Executes(
            "DestinationRule spec.trafficPolicy.loadBalancer.localityLbSetting.{failover[].from,failover[].to,failoverPriority,enabled}")
    void theOwnRegionIsAskedWhileSomebodyIsThere(String setting, String near, Case mesh) {
        mesh.afresh();
        mesh.policy("""
                loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {%s}}
                outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100, baseEjectionTime: 30s}
                """.formatted(setting));

        var pods = pods(10, i -> mesh.send("GET /"));
        if (near.equals("yes")) {
            assertThat(pods).isEqualTo(Map.of("echo-v1", 10));
            mesh.send("GET / fail: 500").is(500);
            await().until(() -> mesh.send("GET /").answeredBy().equals("echo-v2"));
            assertThat(pods(10, i -> mesh.send("GET /"))).isEqualTo(Map.of("echo-v2", 10));
            assertThat(mesh.counted()).containsEntry("caller > echo v1 500 -", 1);
        } else {
            assertThat(pods).isEqualTo(Map.of("echo-v1", 5, "echo-v2", 5));
        }
    }

    @Test
    @Executes(
            "DestinationRule spec.trafficPolicy.loadBalancer.{warmupDurationSecs,warmup.duration,warmup.minimumPercent,warmup.aggression}")
    void whoIsNewGetsLittleAtFirst(Case mesh) {
        var balancers = Map.of(
                "at-once", "simple: ROUND_ROBIN",
                "slowly", "simple: ROUND_ROBIN, warmup: {duration: 3s, minimumPercent: 10}",
                "eagerly", "simple: ROUND_ROBIN, warmup: {duration: 3s, minimumPercent: 10, aggression: 50}",
                "formerly", "simple: ROUND_ROBIN, warmupDurationSecs: 3s");
        mesh.apply(growing(mesh, balancers, "{address: $outside}"));
        // Those that were there first have warmed up when the others come.
        await().pollDelay(Duration.ofMillis(3200)).until(() -> true);

        mesh.apply(growing(mesh, balancers, "{address: $outside}, {address: $outside, ports: {http: 8081}}"));

        assertThat(newcomers(mesh, "slowly")).isBetween(1, 15);
        assertThat(newcomers(mesh, "formerly")).isBetween(1, 15);
        assertThat(newcomers(mesh, "eagerly")).isBetween(18, 22);
        assertThat(newcomers(mesh, "at-once")).isEqualTo(20);
    }

    private static String growing(Case mesh, Map<String, String> balancers, String endpoints) {
        return balancers.entrySet().stream()
                .map(entry ->
                        """
                        kind: ServiceEntry
                        metadata: {name: $name}
                        spec:
                          hosts: [$name.outside.test]
                          ports: [{number: 8080, name: http, protocol: HTTP}]
                          resolution: STATIC
                          endpoints: [%s]
                        ---
                        kind: DestinationRule
                        metadata: {name: $name}
                        spec: {host: $name.outside.test, trafficPolicy: {loadBalancer: {%s}}}
                        """.formatted(mesh.fill(endpoints), entry.getValue()).replace("$name", entry.getKey()))
                .collect(Collectors.joining("---\n"));
    }

    /** How many of 40 requests the new endpoint got. */
    private static int newcomers(Case mesh, String service) {
        var caller = mesh.from("caller").to(service + ".outside.test", 8080);
        return (int) IntStream.range(0, 40)
                .filter(i -> caller.send("GET /").header("at-port").orElse("").equals("8081"))
                .count();
    }

    @Test
    @Executes("DestinationRule spec.workloadSelector.matchLabels")
    void aRuleMayBeForSomeClients(Case mesh) {
        mesh.apply("""
                kind: DestinationRule
                metadata: {name: echo-caller}
                spec:
                  host: echo
                  workloadSelector: {matchLabels: {app: caller}}
                  trafficPolicy: {connectionPool: {http: {http2MaxRequests: 1}}}
                """);

        assertThat(mesh.sendTogether(2, "GET / delay: 500"))
                .extracting(Reply::status)
                .containsOnly(200, 503);
        assertThat(mesh.sendTogether("echo-v1", 2, "GET / delay: 500"))
                .extracting(Reply::status)
                .containsOnly(200);
    }

    @Test
    @Executes("DestinationRule spec.exportTo")
    void aRuleMayBeForClientsOfItsNamespace(Case mesh) {
        mesh.apply("""
                kind: DestinationRule
                metadata: {name: echo}
                spec:
                  host: echo
                  exportTo: ["."]
                  trafficPolicy: {connectionPool: {http: {http2MaxRequests: 1}}}
                """);

        assertThat(mesh.sendTogether(2, "GET / delay: 500"))
                .extracting(Reply::status)
                .containsOnly(200, 503);
        assertThat(mesh.sendTogether("stranger", 2, "GET / delay: 500"))
                .extracting(Reply::status)
                .containsOnly(200);
    }

    @ParameterizedTest(name = "{1} at {0}")
    @CsvSource(delimiter = '|', textBlock = """
            subset      | loadBalancer: {consistentHash: {httpHeaderName: x-user}}
            subset      | connectionPool: {http: {http2MaxRequests: 1}}
            subset      | outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100}
            subset      | tls: {mode: SIMPLE, insecureSkipVerify: true}
            subset      | proxyProtocol: {version: V1}
            subset      | retryBudget: {percent: 1, minRetryConcurrency: 1}
            port        | loadBalancer: {consistentHash: {httpHeaderName: x-user}}
            port        | connectionPool: {http: {http2MaxRequests: 1}}
            port        | outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100}
            port        | tls: {mode: SIMPLE, insecureSkipVerify: true}
            subset port | loadBalancer: {consistentHash: {httpHeaderName: x-user}}
            subset port | connectionPool: {http: {http2MaxRequests: 1}}
            subset port | outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100}
            subset port | tls: {mode: SIMPLE, insecureSkipVerify: true}
            """)
    @Executes({
        "DestinationRule spec.subsets[].trafficPolicy.{loadBalancer.consistentHash.httpHeaderName,connectionPool.http.http2MaxRequests}",
        "DestinationRule spec.subsets[].trafficPolicy.{outlierDetection.consecutive5xxErrors,tls.mode,proxyProtocol.version,retryBudget.percent}",
        "DestinationRule spec.trafficPolicy.portLevelSettings[].{port.number,loadBalancer.consistentHash.httpHeaderName}",
        "DestinationRule spec.trafficPolicy.portLevelSettings[].{connectionPool.http.http2MaxRequests,outlierDetection.consecutive5xxErrors,tls.mode}",
        "DestinationRule spec.subsets[].trafficPolicy.portLevelSettings[].{port.number,loadBalancer.consistentHash.httpHeaderName}",
        "DestinationRule spec.subsets[].trafficPolicy.portLevelSettings[].{connectionPool.http.http2MaxRequests,outlierDetection.consecutive5xxErrors,tls.mode}"
    })
    void aPolicyHoldsWhereItStandsAndNowhereElse(String place, String policy, Case mesh) {
        String here =
                place.contains("port") ? "portLevelSettings: [{port: {number: 8081}, %s}]".formatted(policy) : policy;
        boolean subset = place.contains("subset");
        // In turn: a retry then surely finds the other pod, while one by chance may meet the same pod again and again.
        String other = "loadBalancer: {simple: ROUND_ROBIN}";
        mesh.apply("""
                kind: DestinationRule
                metadata: {name: echo}
                spec:
                  host: echo
                  subsets: [{name: all, labels: {app: echo}, trafficPolicy: {%s}}]
                  trafficPolicy: {%s}
                ---
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo]
                  http:
                  - match: [{uri: {prefix: /here}}]
                    retries: {attempts: 1, retryOn: gateway-error, backoff: 300ms}
                    route: [{destination: {host: echo, %s port: {number: 8081}}}]
                  - retries: {attempts: 1, retryOn: gateway-error, backoff: 300ms}
                    route: [{destination: {host: echo, port: {number: 8080}}}]
                """.formatted(subset ? here : other, subset ? other : here, subset ? "subset: all," : ""));

        assertThat(feels(policy, "/here", mesh)).as(policy).isTrue();
        assertThat(feels(policy, "/there", mesh)).as("elsewhere " + policy).isFalse();
    }

    /** Tells whether requests for a path meet a policy. */
    private static boolean feels(String policy, String path, Case mesh) {
        return switch (policy.substring(0, policy.indexOf(':'))) {
            case "loadBalancer" ->
                pods(20, i -> mesh.send("GET " + path + " x-user: anna")).size() == 1;
            case "connectionPool" ->
                mesh.sendTogether(2, "GET " + path + " delay: 300").stream().anyMatch(reply -> reply.status() == 503);
            case "outlierDetection" -> {
                // Who fails is left out, and all that come later are answered by the other.
                IntStream.range(0, 20).forEach(i -> mesh.send("GET " + path + " fail: 500; only: echo-v1"));
                yield pods(12, i -> mesh.send("GET " + path)).equals(Map.of("echo-v2", 12));
            }
            // Sidecars neither expect TLS of others nor such a beginning.
            case "tls", "proxyProtocol" -> mesh.send("GET " + path).status() == 503;
            case "retryBudget" ->
                mesh.sendTogether(12, "GET " + path + " fail: 503; only: echo-v1").stream()
                        .anyMatch(reply -> reply.status() == 503);
            default -> throw new IllegalArgumentException(policy);
        };
    }

    /** How often each pod answered. */
    private static Map<String, Integer> pods(int requests, IntFunction<Reply> send) {
        var result = new TreeMap<String, Integer>();
        for (int i = 0; i < requests; i++) {
            result.merge(send.apply(i).answeredBy(), 1, Integer::sum);
        }
        return result;
    }
}
