package dev.binnacle.insight.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.insight.health.Health.Status;
import dev.binnacle.insight.health.HealthRule;
import dev.binnacle.insight.health.Thresholds;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.topology.Question.TcpMetric;
import dev.binnacle.insight.topology.Topology.Edge;
import dev.binnacle.insight.topology.Topology.Node;
import dev.binnacle.insight.topology.Topology.Protocol;
import dev.binnacle.insight.topology.Topology.Reporter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TopologyBuilderTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String CATALOG = "catalog.default.svc.cluster.local";
    private static final Declared DECLARED = new Declared(
            List.of(
                    workload("storefront", "storefront", ""),
                    workload("catalog-v1", "catalog", "v1"),
                    workload("catalog-v2", "catalog", "v2")),
            List.of(
                    new Declared.Service("default", "catalog", CATALOG, false, false, List.of(), List.of()),
                    new Declared.Service("default", "rates", "rates.example.com", true, false, List.of(), List.of())));

    @Test
    void aRequestThatBothSidesReportIsOneRequest() {
        var topology = build(new Rows()
                .request("source", "storefront", "catalog-v1", 9)
                .request("source", "storefront", "catalog-v1", 1, "response_code", "503")
                .request("destination", "storefront", "catalog-v1", 8, "connection_security_policy", "mutual_tls")
                .request("destination", "storefront", "catalog-v1", 2, "connection_security_policy", "none")
                .targets("catalog", "v1", 1, 1)
                .latency(Question.LATENCY_P50, "storefront", "catalog-v1", 3)
                .latency(Question.LATENCY_P99, "storefront", "catalog-v1", Double.NaN));

        assertThat(topology.edges()).singleElement().satisfies(edge -> {
            assertThat(edge.source()).isEqualTo("workload/default/storefront");
            assertThat(edge.target()).isEqualTo("workload/default/catalog-v1");
            assertThat(edge.reporter()).isEqualTo(Reporter.SOURCE);
            assertThat(edge.protocol()).isEqualTo(Protocol.HTTP);
            assertThat(edge.requestsPerSecond()).hasValue(10);
            assertThat(edge.errorRate()).hasValue(0.1);
            assertThat(edge.mtls()).hasValue(0.8);
            assertThat(edge.retryFactor()).hasValue(1);
            assertThat(edge.latency().p50()).hasValue(3);
            assertThat(edge.latency().p99()).isEmpty();
        });
        var catalog = node(topology, "workload/default/catalog-v1");
        assertThat(catalog.version()).isEqualTo("v1");
        assertThat(catalog.signals().requestsPerSecond()).hasValue(10);
        assertThat(catalog.health().status()).isEqualTo(Status.FAILING);
        assertThat(catalog.health().reason())
                .isEqualTo(
                        "10 % of about 3000 requests in the last 5m failed (degraded from 1.0 %, failing from 5.0 %)");
    }

    @Test
    void aTruncatedAnswerAClientThatGaveUpAndAMissingRouteFailed() {
        var topology = build(new Rows()
                .request("source", "storefront", "catalog-v1", 5)
                .request("source", "storefront", "catalog-v1", 1, "response_flags", "UPE")
                .request("source", "storefront", "catalog-v1", 1, "response_code", "0", "response_flags", "DC")
                .request("source", "storefront", "catalog-v1", 1, "grpc_response_status", "14"));

        assertThat(edge(topology, "workload/default/catalog-v1").errorRate()).hasValue(3.0 / 8);
        assertThat(edge(topology, "workload/default/catalog-v1").flags()).isEqualTo(Map.of("UPE", 1.0, "DC", 1.0));
    }

    @Test
    void whoHasNoProxyIsCountedByTheServer() {
        var topology = build(new Rows().request("destination", "unknown", "catalog-v1", 4));

        var edge = edge(topology, "workload/default/catalog-v1");
        assertThat(edge.source()).isEqualTo("unknown");
        assertThat(edge.reporter()).isEqualTo(Reporter.DESTINATION);
        assertThat(edge.requestsPerSecond()).hasValue(4);
        assertThat(edge.retryFactor()).isEmpty();
        assertThat(node(topology, "unknown").health().status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void whatReachesNobodyIsAnEdgeToTheServiceAndNotToOneOfItsWorkloads() {
        var topology = build(new Rows()
                .request("source", "storefront", "unknown", 1, "destination_service", CATALOG, "response_code", "503")
                .request("source", "storefront", "unknown", 2, "destination_service", "rates.example.com")
                .request("source", "storefront", "unknown", 3, "destination_service_name", "BlackHoleCluster")
                .request("source", "storefront", "unknown", 4, "destination_service_name", "PassthroughCluster")
                .request("source", "storefront", "unknown", 5, "response_flags", "NR", "response_code", "404")
                .request("source", "storefront", "unknown", 6, "destination_service", "whatever a client said"));

        assertThat(topology.edges())
                .extracting(Edge::target)
                .containsExactly(
                        "black-hole",
                        "external/rates.example.com",
                        "passthrough",
                        "service/default/catalog",
                        "unknown",
                        "unrouted");
        assertThat(edge(topology, "unrouted").errorRate()).hasValue(1);
        assertThat(edge(topology, "external/rates.example.com").errorRate()).hasValue(0);
    }

    @Test
    void retriesAreSeenBetweenTheTwoSides() {
        var rows = new Rows()
                .request("source", "storefront", "catalog-v1", 2)
                .request("source", "storefront", "catalog-v2", 2)
                .request("destination", "storefront", "catalog-v1", 2)
                .request("destination", "storefront", "catalog-v2", 10, "response_code", "503");

        assertThat(edge(build(rows), "workload/default/catalog-v1").retryFactor())
                .hasValue(3);
        assertThat(edge(build(rows), "workload/default/catalog-v2").errorRate()).hasValue(0);

        var mirrored = new Declared(
                DECLARED.workloads(),
                List.of(new Declared.Service("default", "catalog", CATALOG, false, true, List.of(), List.of())));
        assertThat(edge(build(rows.answers(), mirrored), "workload/default/catalog-v1")
                        .retryFactor())
                .isEmpty();
    }

    @Test
    void connectionsHaveBytesAndFailuresOfTheirOwn() {
        var topology = build(new Rows()
                .tcp(TcpMetric.OPENED, "source", "storefront", "catalog-v1", 2)
                .tcp(TcpMetric.CLOSED, "source", "storefront", "catalog-v1", 1)
                .tcp(TcpMetric.CLOSED, "source", "storefront", "catalog-v1", 1, "response_flags", "UF")
                .tcp(TcpMetric.SENT, "source", "storefront", "catalog-v1", 100)
                .tcp(TcpMetric.RECEIVED, "source", "storefront", "catalog-v1", 50)
                .tcp(TcpMetric.SENT, "destination", "storefront", "catalog-v1", 99)
                .tcp(
                        TcpMetric.CLOSED,
                        "destination",
                        "storefront",
                        "catalog-v1",
                        1,
                        "connection_security_policy",
                        "mutual_tls"));

        var edge = edge(topology, "workload/default/catalog-v1");
        assertThat(edge.protocol()).isEqualTo(Protocol.TCP);
        assertThat(edge.requestsPerSecond()).isEmpty();
        assertThat(edge.errorRate()).hasValue(0.5);
        assertThat(edge.mtls()).hasValue(1);
        assertThat(edge.tcp()).contains(new Topology.Tcp(2, 100, 50));
        assertThat(node(topology, "workload/default/catalog-v1").signals().tcpBytesPerSecond())
                .hasValue(150);
    }

    @Test
    void silenceIsNotHealth() {
        var topology = build(new Rows().targets("storefront", "", 1, 1).targets("catalog", "v1", 2, 0));

        assertThat(node(topology, "workload/default/storefront").health().status())
                .isEqualTo(Status.IDLE);
        assertThat(node(topology, "workload/default/catalog-v1").health().status())
                .isEqualTo(Status.UNKNOWN);
        assertThat(node(topology, "workload/default/catalog-v2").health().reason())
                .startsWith("Prometheus has no target of it");
        assertThat(topology.gaps()).containsExactly("Scrape targets that do not answer: 2");
        assertThat(node(topology, "workload/default/storefront").signals().errorRate())
                .isEmpty();
    }

    @Test
    void whatIsMissingIsSaidAndNeverTakenForGood() {
        var answers = new EnumMap<>(
                new Rows().request("source", "storefront", "catalog-v1", 9).answers());
        answers.put(Question.REQUESTS, new Answer.Missing("Prometheus did not answer within 5s"));
        answers.put(Question.LATENCY_P95, new Answer.Rows(List.of(), List.of("a store did not answer")));

        var topology = build(answers, DECLARED);

        assertThat(topology.complete()).isFalse();
        assertThat(topology.gaps())
                .containsExactly(
                        "Requests not known: Prometheus did not answer within 5s",
                        "Latencies may be in part: a store did not answer");
        assertThat(topology.nodes()).isNotEmpty().allSatisfy(node -> {
            assertThat(node.health().status()).isEqualTo(Status.UNKNOWN);
            assertThat(node.signals().requestsPerSecond()).isEmpty();
        });
    }

    @Test
    void aFewFailuresAmongAFewRequestsAreNoProof() {
        var topology = build(new Rows().request("source", "storefront", "catalog-v1", 0.01, "response_code", "503"));

        assertThat(node(topology, "workload/default/catalog-v1").health().reason())
                .isEqualTo("100 % of about 3 requests in the last 5m failed, too few to call it failing; "
                        + "Prometheus has no target of it, others saw this");
    }

    @Test
    void theSameAnswersInAnotherOrderAreTheSameTopology() {
        var one = new Rows()
                .request("source", "storefront", "catalog-v1", 1)
                .request("source", "storefront", "catalog-v2", 2, "response_flags", "URX");
        var other = new Rows()
                .request("source", "storefront", "catalog-v2", 2, "response_flags", "URX")
                .request("source", "storefront", "catalog-v1", 1);

        assertThat(build(one)).isEqualTo(build(other)).hasToString(build(other).toString());
    }

    private static Topology build(Rows rows) {
        return build(rows.answers(), DECLARED);
    }

    private static Topology build(Map<Question, Answer> answers, Declared declared) {
        return new TopologyBuilder(new HealthRule(Thresholds.DEFAULT))
                .build(AT, WINDOW, new Answers(answers), declared);
    }

    private static Declared.Workload workload(String name, String app, String version) {
        return new Declared.Workload("default", name, app, version, false, true, OptionalInt.empty(), List.of());
    }

    private static Edge edge(Topology topology, String target) {
        return topology.edges().stream()
                .filter(edge -> edge.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static Node node(Topology topology, String id) {
        return topology.nodes().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUnknownShareIsEmptyAndNotZero() {
        assertThat(Tally.share(0, 0)).isEqualTo(OptionalDouble.empty());
    }
}
