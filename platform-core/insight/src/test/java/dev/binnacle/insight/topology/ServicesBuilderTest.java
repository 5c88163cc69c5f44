package dev.binnacle.insight.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.binnacle.insight.health.Health.Status;
import dev.binnacle.insight.health.HealthRule;
import dev.binnacle.insight.health.Thresholds;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.topology.Services.Service;
import dev.binnacle.insight.topology.Services.Unknown;
import dev.binnacle.insight.topology.Services.Verdict;
import dev.binnacle.insight.topology.Services.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServicesBuilderTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String CATALOG = "catalog.default.svc.cluster.local";
    private static final Declared DECLARED = new Declared(
            List.of(
                    workload("storefront", "storefront", ""),
                    workload("catalog-v1", "catalog", "v1"),
                    workload("catalog-v2", "catalog", "v2")),
            List.of(
                    new Declared.Service(
                            "default",
                            "catalog",
                            CATALOG,
                            false,
                            false,
                            List.of(new Declared.Port(8080, "http", "http")),
                            List.of("default/catalog-v2", "default/catalog-v1", "default/gone")),
                    new Declared.Service(
                            "default", "rates.example.com", "rates.example.com", true, false, List.of(), List.of())));

    @Test
    void versionsShareWhatComesToAService() {
        var catalog = catalog(new Rows()
                .request("source", "storefront", "catalog-v1", 9)
                .request("destination", "storefront", "catalog-v1", 9)
                .request("source", "storefront", "catalog-v2", 1)
                .request("destination", "storefront", "catalog-v2", 1)
                .bucket("catalog", "catalog-v1", "10", 9)
                .bucket("catalog", "catalog-v1", "20", 9)
                .bucket("catalog", "catalog-v1", "+Inf", 9)
                .bucket("catalog", "catalog-v2", "10.0", 0.5)
                .bucket("catalog", "catalog-v2", "20", 1)
                .bucket("catalog", "catalog-v2", "+Inf", 1));

        assertThat(catalog.id()).isEqualTo("service/default/catalog");
        assertThat(catalog.signals().requestsPerSecond()).hasValue(10);
        assertThat(catalog.signals().errorRate()).hasValue(0);
        assertThat(catalog.signals().latency().p50()).hasValueCloseTo(10 * 5 / 9.5, within(1e-9));
        assertThat(catalog.signals().latency().p95()).hasValue(10);
        assertThat(catalog.signals().latency().p99()).hasValueCloseTo(18.0, within(1e-9));
        assertThat(catalog.versions()).extracting(Version::version).containsExactly("v1", "v2");
        assertThat(catalog.versions()).extracting(Version::nodeId).first().isEqualTo("workload/default/catalog-v1");
        assertThat(catalog.versions().get(0).share()).hasValue(0.9);
        assertThat(catalog.versions().get(1).share()).hasValue(0.1);
        assertThat(catalog.versions().get(1).signals().latency().p50()).hasValue(10);
        assertThat(catalog.callers())
                .extracting(Topology.Edge::target)
                .containsExactly("workload/default/catalog-v1", "workload/default/catalog-v2");
        assertThat(catalog.calls()).isEmpty();
        assertThat(catalog.unknown()).isEmpty();
    }

    @Test
    void aVersionThatFailsMoreIsSaidToDoWorse() {
        var comparison = catalog(new Rows()
                        .request("source", "storefront", "catalog-v1", 9)
                        .request("source", "storefront", "catalog-v2", 0.9)
                        .request("source", "storefront", "catalog-v2", 0.1, "response_code", "503"))
                .comparison()
                .orElseThrow();

        assertThat(comparison.baseline()).isEqualTo("v1");
        assertThat(comparison.sentence())
                .isEqualTo("v2 does worse than v1: 10 % of its requests failed against 0 % (of about 300 and 2700)");
        assertThat(comparison.others()).singleElement().satisfies(other -> {
            assertThat(other.verdict()).isEqualTo(Verdict.WORSE);
            assertThat(other.errorRate()).isEqualTo(0.1);
        });
    }

    @Test
    void chanceAndFewRequestsAreNoVerdict() {
        assertThat(verdict(9, 0.09, 1, 0.013)).isEqualTo(Verdict.ALIKE);
        assertThat(verdict(9, 0, 0.05, 0.05)).isEqualTo(Verdict.TOO_FEW);
        assertThat(verdict(9, 0.9, 5, 0)).isEqualTo(Verdict.BETTER);
        assertThat(verdict(9, 0, 5, 0)).isEqualTo(Verdict.ALIKE);
        assertThat(verdict(5, 5, 5, 5)).isEqualTo(Verdict.ALIKE);
    }

    @Test
    void oneVersionHasNothingBesideIt() {
        assertThat(catalog(new Rows().request("source", "storefront", "catalog-v1", 9))
                        .comparison())
                .isEmpty();
    }

    @Test
    void whatFailsBeforeItReachesAWorkloadIsTheServicesFailure() {
        var catalog = catalog(new Rows()
                .request("source", "storefront", "catalog-v1", 1)
                .request("source", "storefront", "unknown", 1, "destination_service", CATALOG, "response_code", "503"));

        assertThat(catalog.signals().errorRate()).hasValue(0.5);
        assertThat(catalog.health().status()).isEqualTo(Status.FAILING);
        assertThat(catalog.versions().getFirst().share()).hasValue(0.5);
        assertThat(catalog.callers()).extracting(Topology.Edge::target).contains("service/default/catalog");
        assertThat(catalog.unknown())
                .extracting(Unknown::label, Unknown::share)
                .contains(tuple("destination_workload", 0.5));
    }

    @Test
    void eachUnknownLabelHasItsReason() {
        var catalog = catalog(new Rows()
                .request("destination", "unknown", "catalog-v1", 1)
                .request("source", "storefront", "catalog-v1", 3));

        assertThat(catalog.unknown())
                .extracting(Unknown::label, Unknown::share)
                .containsExactly(tuple("source_workload", 0.25), tuple("connection_security_policy", 0.75));
        assertThat(catalog.unknown().getFirst().reason()).startsWith("the caller has no proxy");
    }

    @Test
    void withoutAnswersNothingIsKnownAndNothingIsZero() {
        var answers = new EnumMap<>(
                new Rows().request("source", "storefront", "catalog-v1", 9).answers());
        answers.put(Question.REQUESTS, new Answer.Missing("Prometheus did not answer within 5s"));

        var services = build(answers);

        assertThat(services.gaps()).containsExactly("Requests not known: Prometheus did not answer within 5s");
        assertThat(services.services()).hasSize(2).allSatisfy(service -> {
            assertThat(service.health().status()).isEqualTo(Status.UNKNOWN);
            assertThat(service.signals().requestsPerSecond()).isEmpty();
            assertThat(service.signals().errorRate()).isEmpty();
        });
    }

    @Test
    void withoutARequestThereIsNoErrorRateAndNoShare() {
        var services = build(new Rows().answers());

        var catalog = services.find("default", "catalog").orElseThrow();
        assertThat(catalog.signals().requestsPerSecond()).hasValue(0);
        assertThat(catalog.signals().errorRate()).isEmpty();
        assertThat(catalog.versions().getFirst().share()).isEmpty();
        assertThat(catalog.health().status()).isEqualTo(Status.UNKNOWN);
        assertThat(services.find("default", "catalogue")).isEmpty();
        assertThat(services.find("default", "rates.example.com").orElseThrow().external())
                .isTrue();
    }

    private static Verdict verdict(double first, double firstFailed, double second, double secondFailed) {
        var rows = new Rows()
                .request("source", "storefront", "catalog-v1", first - firstFailed)
                .request("source", "storefront", "catalog-v1", firstFailed, "response_code", "500")
                .request("source", "storefront", "catalog-v2", second - secondFailed)
                .request("source", "storefront", "catalog-v2", secondFailed, "response_code", "500");
        return catalog(rows).comparison().orElseThrow().others().getFirst().verdict();
    }

    private static Service catalog(Rows rows) {
        return build(rows.answers()).find("default", "catalog").orElseThrow();
    }

    private static Services build(Map<Question, Answer> byQuestion) {
        var rule = new HealthRule(Thresholds.DEFAULT);
        var answers = new Answers(byQuestion);
        var topology = new TopologyBuilder(rule).build(AT, WINDOW, answers, DECLARED);
        return new ServicesBuilder(rule).build(topology, answers, DECLARED);
    }

    private static Declared.Workload workload(String name, String app, String version) {
        return new Declared.Workload("default", name, app, version, false, true, OptionalInt.empty(), List.of());
    }
}
