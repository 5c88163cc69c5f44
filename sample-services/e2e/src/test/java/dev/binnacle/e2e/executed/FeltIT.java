package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.e2e.RunningMesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way to fail, through real Envoys: what the client felt, what both sides counted, and that the generated rules come to what
 * the client felt, to the request. The rows of {@code docs/felt-failures.md} are what happened here.
 */
@ExtendWith({RunningMesh.class, ExecutedMesh.class})
class FeltIT {
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final String NO_CONNECTION_IS_KEPT = "connectionPool: {http: {maxRequestsPerConnection: 1}}";
    private static final String TO_V1 = "route: [{destination: {host: echo, subset: v1}}]\n";
    private static final String ONCE = "- retries: {attempts: 0}\n  " + TO_V1;
    private static final String GRPC = " content-type: application/grpc; content-length: 0";
    private static final String SLOS = """
            apiVersion: v1
            kind: Service
            metadata: {name: echo, namespace: default}
            spec: {selector: {app: echo}, ports: [{name: http, port: 8080}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: peer}
            spec: {hosts: [peer.outside.test], ports: [{number: 8080, name: http, protocol: HTTP}], resolution: DNS}
            """
            + slo("felt-echo", "echo", "client-perceived", "count")
            + slo("felt-peer", "peer.outside.test", "client-perceived", "count")
            + slo("unplanned-echo", "echo", "client-perceived", "ignore")
            + slo("unplanned-peer", "peer.outside.test", "client-perceived", "ignore")
            + slo("servers", "echo", "availability", "count")
            + slo("connections", "peer.outside.test", "tcp", "count");

    private static GeneratedRules rules;
    private static List<String> documented;

    /** A way to fail. */
    private record Failure(String name, Injection injection) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Injection {
        /** Makes it happen, and returns what the client felt. */
        Felt into(Case mesh) throws IOException;
    }

    @BeforeAll
    static void generate(RunningMesh.Instance mesh) throws IOException {
        rules = GeneratedRules.from(SLOS, mesh);
        documented = Files.readAllLines(mesh.binnacle().cloneFolder().resolve(Path.of("docs", "felt-failures.md")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatTheClientFeltIsWhatIsCounted(Failure failure, Case mesh) throws Exception {
        Felt felt = failure.injection().into(mesh);

        String servers = documented(failure.name(), 4);
        soon(() -> assertThat(row(failure.name(), felt, mesh, servers)).isIn(documented));
        var grown = mesh.grown();
        int planned = sum(grown, "response_flags=\"FI\"");
        // A gateway that finds no route cannot know whose it would have been.
        int nobodys = sum(grown, "destination_service=\"unknown\"");
        rules.say(
                grown,
                Map.of(
                        events("felt-.*"),
                        felt.sent() - nobodys,
                        badEvents("felt-.*"),
                        felt.failed() - nobodys,
                        events("unplanned-.*"),
                        felt.sent() - nobodys - planned,
                        badEvents("unplanned-.*"),
                        felt.failed() - nobodys - planned,
                        events("servers"),
                        number(servers, 2),
                        badEvents("servers"),
                        number(servers, 0),
                        count("workload:istio_requests:rate5m{reporter=\"source\"}"),
                        felt.sent(),
                        count("workload:istio_requests_failed:rate5m{reporter=\"source\"}"),
                        felt.failed(),
                        firing("RequestsFail"),
                        felt.failed() > 0 ? 1 : 0));
    }

    static Stream<Failure> whatTheClientFeltIsWhatIsCounted() {
        return Stream.of(
                new Failure("the service fails", mesh -> echo(mesh, ONCE, "GET / fail: 503")),
                new Failure("the service hangs up", mesh -> echo(mesh, ONCE, "GET / hang-up: yes")),
                new Failure("the answer breaks off", mesh -> echo(mesh, ONCE, "GET / break-off: 0")),
                new Failure("a call by gRPC fails", mesh -> echo(mesh, ONCE, "POST /a/b" + GRPC + "; grpc-fails: 13")),
                new Failure("retries help", mesh -> echo(mesh, retrying("attempts: 2"), "GET / fail: 503; first: 2")),
                new Failure("retries do not help", mesh -> echo(mesh, retrying("attempts: 1"), "GET / fail: 503")),
                new Failure("a timeout", mesh -> echo(mesh, "- timeout: 1500ms\n  " + TO_V1, "GET / delay: 6000")),
                new Failure(
                        "a timeout of each try",
                        mesh -> echo(mesh, retrying("attempts: 1, perTryTimeout: 1s"), "GET / delay: 6000")),
                new Failure(
                        "a timeout in the middle of the answer",
                        mesh -> echo(mesh, "- timeout: 1500ms\n  " + TO_V1, "GET / break-off: 6000")),
                new Failure("the client gives up", mesh -> impatient(mesh, "GET / delay: 6000")),
                new Failure(
                        "the client gives up in the middle of the answer",
                        mesh -> impatient(mesh, "GET / break-off: 6000")),
                new Failure("a circuit breaker is open", FeltIT::breakerOpen),
                new Failure("no route", mesh -> echo(mesh, "- match: [{uri: {exact: /}}]\n  " + TO_V1, "GET /lost")),
                new Failure("no route at the gateway", FeltIT::unknownToTheGateway),
                new Failure("no pod", FeltIT::noPod),
                new Failure(
                        "a fault on purpose",
                        mesh -> echo(
                                mesh,
                                "- match: [{uri: {exact: /lost}}]\n"
                                        + "  fault: {abort: {httpStatus: 503, percentage: {value: 100}}}\n  " + TO_V1
                                        + ONCE,
                                "GET /lost")),
                new Failure("not allowed", FeltIT::notAllowed),
                new Failure("more requests than are let in", FeltIT::tooMany),
                new Failure("no cluster", FeltIT::noCluster),
                new Failure("mutual TLS on one side only", FeltIT::withoutMutualTls),
                new Failure("outside: nobody listens", mesh -> gone(mesh, "attempts: 0", "GET /")),
                new Failure(
                        "outside: nobody listens to any try",
                        mesh -> gone(mesh, "attempts: 1, retryOn: connect-failure", "GET /")),
                new Failure("outside: nobody listens to gRPC", mesh -> gone(mesh, "attempts: 0", "POST /a/b" + GRPC)),
                new Failure("outside: hangs up", mesh -> outside(mesh, Peer.leaving(), "attempts: 0", "GET /")),
                new Failure(
                        "outside: the answer breaks off",
                        mesh -> outside(mesh, Peer.breakingOff(), "attempts: 0", "GET /")),
                new Failure(
                        "outside: something else than HTTP",
                        mesh -> outside(mesh, Peer.raving(), "attempts: 0", "GET /")));
    }

    /** Its own side counts nothing: whoever is asked counts all of it, and who asked is unknown. */
    @Test
    void whoHasNoSidecarIsCountedByTheServerAlone(Case mesh) throws Exception {
        String name = "a client without a sidecar";
        mesh.apply("""
                kind: PeerAuthentication
                metadata: {name: echo}
                spec: {selector: {matchLabels: {app: echo}}, mtls: {mode: PERMISSIVE}}
                """);
        var outsider = mesh.withoutSidecar("echo-v1", 8080);

        var felt = Felt.by(outsider, 3, "GET / fail: 503").and(Felt.by(outsider, 2, "GET /"));

        String servers = documented(name, 4);
        soon(() -> assertThat(row(name, felt, mesh, servers)).isIn(documented));
        rules.say(
                mesh.grown(),
                Map.of(
                        events("felt-.*"),
                        0,
                        events("servers"),
                        felt.sent(),
                        badEvents("servers"),
                        felt.failed(),
                        count("workload:istio_requests:rate5m{reporter=\"destination\",source_workload=\"unknown\"}"),
                        felt.sent(),
                        count("workload:istio_requests_failed:rate5m{reporter=\"destination\"}"),
                        felt.failed()));
    }

    @Test
    void connectionsThatCannotBeMadeAreCounted(Case mesh) throws Exception {
        try (var peer = Peer.silent()) {
            mesh.apply(peer.entry("TCP"));
            try (var connected =
                    mesh.from("caller").to("peer.outside.test", 8080).connect()) {
                soon(() -> assertThat(peer.connections()).hasSize(1));
            }
            peer.close();
            assertThat(mesh.from("caller").to("peer.outside.test", 8080).greeting())
                    .isEmpty();
        }

        soon(() -> assertThat(sum(mesh.grown(), "istio_tcp_connections_closed_total"))
                .isEqualTo(2));
        rules.say(mesh.grown(), Map.of(events("connections"), 2, badEvents("connections"), 1));
    }

    /** A few requests that fail and a few that do not. */
    private static Felt echo(Case mesh, String http, String failing) {
        route(mesh, "", http);
        return failingAndNot(mesh, failing);
    }

    private static Felt impatient(Case mesh, String slow) {
        route(mesh, "", ONCE);
        return Felt.by(mesh.from("caller"), 3, slow, SHORT).and(Felt.by(mesh.from("caller"), 2, "GET /"));
    }

    private static Felt notAllowed(Case mesh) {
        mesh.apply("""
                kind: AuthorizationPolicy
                metadata: {name: felt}
                spec:
                  selector: {matchLabels: {app: echo}}
                  action: DENY
                  rules: [{to: [{operation: {paths: [/secret]}}]}]
                """);
        return echo(mesh, ONCE, "GET /secret");
    }

    private static Felt tooMany(Case mesh) {
        route(mesh, "", ONCE);
        mesh.apply(RateLimitsIT.limitOfTwo("{app: echo, version: v1}"));
        return Felt.by(mesh.from("caller"), 5, "GET /");
    }

    /** The port that is called is none of the destination's. */
    private static Felt noCluster(Case mesh) {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: peer}
                spec: {hosts: [peer.outside.test], ports: [{number: 9090, name: http, protocol: HTTP}], resolution: DNS}
                """);
        return echo(
                mesh,
                "- match: [{uri: {exact: /lost}}]\n  route: [{destination: {host: peer.outside.test}}]\n" + ONCE,
                "GET /lost");
    }

    private static Felt withoutMutualTls(Case mesh) {
        mesh.apply("""
                kind: PeerAuthentication
                metadata: {name: echo}
                spec: {selector: {matchLabels: {app: echo}}, mtls: {mode: STRICT}}
                """);
        route(mesh, "tls: {mode: DISABLE}", ONCE);
        return Felt.by(mesh.from("caller"), 3, "GET /");
    }

    private static Felt noPod(Case mesh) {
        return echo(
                mesh,
                "- match: [{uri: {exact: /lost}}]\n  route: [{destination: {host: echo, subset: v3}}]\n" + ONCE,
                "GET /lost");
    }

    /** One request holds the only place, and goes away after the others. */
    private static Felt breakerOpen(Case mesh) throws IOException {
        route(mesh, "connectionPool: {http: {http2MaxRequests: 1}}", ONCE);
        try (var holding = mesh.from("caller").connect()) {
            holding.ask("GET", "/", Map.of("host", "echo.default:8080", "break-off", "60000"));
            holding.status();
            return new Felt(1, 1).and(Felt.by(mesh.from("caller"), 3, "GET /"));
        }
    }

    private static Felt unknownToTheGateway(Case mesh) {
        mesh.apply("""
                kind: Gateway
                metadata: {name: storefront}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{hosts: [shop.example], port: {number: 80, name: http, protocol: HTTP}}]
                """);
        return Felt.by(mesh.fromOutside("nobody.example"), 3, "GET /");
    }

    private static Felt gone(Case mesh, String retries, String request) throws IOException {
        var peer = Peer.silent();
        peer.close();
        return outside(mesh, peer, retries, request);
    }

    private static Felt outside(Case mesh, Peer peer, String retries, String request) throws IOException {
        try (peer) {
            mesh.peer(peer, "HTTP", NO_CONNECTION_IS_KEPT);
            mesh.apply("""
                    kind: VirtualService
                    metadata: {name: peer}
                    spec:
                      hosts: [peer.outside.test]
                      http: [{retries: {%s}, route: [{destination: {host: peer.outside.test}}]}]
                    """.formatted(retries));
            return Felt.by(mesh.from("caller").to("peer.outside.test", 8080), 3, request);
        }
    }

    /** Changes both at once: a change of the same two resources needs no undoing of the one before. */
    private static void route(Case mesh, String policy, String http) {
        mesh.apply("""
                kind: DestinationRule
                metadata: {name: echo}
                spec:
                  host: echo
                  subsets:
                  - {name: v1, labels: {version: v1}}
                  - {name: v3, labels: {version: v3}}
                  trafficPolicy:
                    %s
                ---
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo]
                  http:
                %s""".formatted(policy.isEmpty() ? NO_CONNECTION_IS_KEPT : policy, http.indent(2)));
    }

    private static String retrying(String retries) {
        return "- retries: {" + retries + ", retryOn: 5xx}\n  " + TO_V1;
    }

    private static Felt failingAndNot(Case mesh, String failing) {
        return Felt.by(mesh.from("caller"), 3, failing).and(Felt.by(mesh.from("caller"), 2, "GET /"));
    }

    /** Returns a row as the documentation has it: what the client felt, what both sides say, what servers are held to. */
    private static String row(String name, Felt felt, Case mesh, String servers) {
        return "| "
                + String.join(" | ", name, felt.toString(), said(mesh, "source"), said(mesh, "destination"), servers)
                + " |";
    }

    /** Returns what one side says of the requests of a case, {@code 3× 503 `UF`}. */
    private static String said(Case mesh, String reporter) {
        var said = mesh.said(reporter);
        return said.isEmpty()
                ? "nothing"
                : said.entrySet().stream()
                        .map(each -> each.getValue() + "× " + each.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String documented(String name, int column) {
        return documented.stream()
                .filter(line -> line.startsWith("| " + name + " |"))
                .map(line -> line.split(" \\| | \\|$", -1)[column])
                .findFirst()
                .orElse("0 of 0");
    }

    private static int number(String text, int word) {
        return Integer.parseInt(text.split(" ", -1)[word]);
    }

    private static int sum(Map<String, Integer> grown, String with) {
        return grown.entrySet().stream()
                .filter(series -> series.getKey().contains(with))
                .filter(series -> series.getKey().contains("reporter=\"source\""))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static void soon(ThrowingRunnable expectation) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(30))
                .untilAsserted(expectation);
    }

    private static String events(String slos) {
        return count("slo:events:rate5m{slo=~\"" + slos + "\"}");
    }

    private static String badEvents(String slos) {
        return count("slo:bad_events:rate5m{slo=~\"" + slos + "\"}");
    }

    private static String firing(String alert) {
        return "count(ALERTS{alertname=\"" + alert + "\",alertstate=\"firing\"}) or vector(0)";
    }

    private static String slo(String name, String service, String indicator, String plannedFaults) {
        return """
                ---
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: %s, annotations: {binnacle.dev/planned-faults: %s}}
                spec:
                  service: %s
                  indicatorRef: %s
                  timeWindow: [{duration: 28d, isRolling: true}]
                  budgetingMethod: Occurrences
                  objectives: [{target: 0.99}]
                """.formatted(name, plannedFaults, service, indicator);
    }

    private static String count(String query) {
        return GeneratedRules.count(query);
    }
}
