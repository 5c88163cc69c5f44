package dev.binnacle.insight.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.insight.alert.Alert;
import dev.binnacle.insight.alert.Owners;
import dev.binnacle.insight.health.Health.Status;
import dev.binnacle.insight.health.HealthRule;
import dev.binnacle.insight.health.Thresholds;
import dev.binnacle.insight.overview.Concern.Page;
import dev.binnacle.insight.overview.Concern.Severity;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.slo.SloBuilder;
import dev.binnacle.insight.topology.Answers;
import dev.binnacle.insight.topology.Declared;
import dev.binnacle.insight.topology.Question;
import dev.binnacle.insight.topology.ServicesBuilder;
import dev.binnacle.insight.topology.TopologyBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EARLIER = AT.minusSeconds(60);

    private final List<Declared.Workload> workloads = new ArrayList<>();
    private final List<Declared.Service> services = new ArrayList<>();
    private final List<Row> requests = new ArrayList<>();
    private final List<Row> slos = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();

    @Test
    void whatHurtsMostComesFirst() {
        service("web", 0);
        service("cart", 0.02);
        service("catalog", 0.5);
        alerts.add(alert("RequestsFail", "critical", Alert.State.FIRING, Map.of()));
        var plugin = new Concern(
                Severity.DEGRADED,
                "exporter-x is Failed",
                "no route",
                Optional.empty(),
                Page.PLUGINS,
                Optional.empty());

        var overview = overview(List.of(plugin));

        assertThat(overview.attention())
                .extracting(concern -> concern.severity() + " " + concern.title())
                .containsExactly(
                        "FAILING RequestsFail",
                        "FAILING catalog in shop",
                        "DEGRADED cart in shop",
                        "DEGRADED exporter-x is Failed");
        assertThat(overview.attention().get(0).since()).contains(EARLIER);
        assertThat(overview.attention().get(1).reason()).startsWith("50 % of about 300 requests");
        assertThat(overview.attention().get(1).node()).contains("service/shop/catalog");
        assertThat(overview.counts())
                .containsEntry(Status.FAILING, 1)
                .containsEntry(Status.DEGRADED, 1)
                .containsEntry(Status.OK, 1)
                .containsEntry(Status.IDLE, 0);
    }

    @Test
    void silencedAlertsAndThoseOfObjectivesAreNotSaidTwice() {
        service("web", 0);
        alerts.add(alert("Known", "critical", Alert.State.SILENCED, Map.of()));
        alerts.add(alert("SloBurnsFast", "critical", Alert.State.FIRING, Map.of("slo", "fast")));
        slo("slo:objective:ratio", 0.99);
        slo("slo:error_budget_remaining:ratio", -1);

        assertThat(overview(List.of()).attention()).singleElement().satisfies(concern -> {
            assertThat(concern.title()).isEqualTo("fast");
            assertThat(concern.severity()).isEqualTo(Severity.FAILING);
            assertThat(concern.page()).isEqualTo(Page.SLOS);
            assertThat(concern.node()).contains("service/shop/web");
        });
    }

    @Test
    void aCrowdOfUnknownOnesIsOneThingToLookAt() {
        IntStream.range(0, 10).forEach(i -> service("s" + i, 0));
        requests.clear();

        assertThat(overview(List.of()).attention()).singleElement().satisfies(concern -> {
            assertThat(concern.severity()).isEqualTo(Severity.UNKNOWN);
            assertThat(concern.title()).isEqualTo("It is not known how 10 services, workloads and objectives do");
            assertThat(concern.reason()).startsWith("s0 in shop: Prometheus has no target of it");
        });
        assertThat(overview(List.of()).counts()).containsEntry(Status.UNKNOWN, 10);
    }

    @Test
    void labelsAreAboutAWorkloadOrItsService() {
        service("web", 0);
        var owners = new Owners(new Declared(workloads, services));

        assertThat(owners.of(Map.of("destination_workload", "web-v1", "destination_workload_namespace", "shop")))
                .contains("workload/shop/web-v1");
        assertThat(owners.of(Map.of("destination_service", "web.shop.svc.cluster.local", "destination_workload", "x")))
                .contains("service/shop/web");
        assertThat(owners.of(Map.of("namespace", "shop", "app", "web", "version", "v1")))
                .contains("workload/shop/web-v1");
        assertThat(owners.of(Map.of("namespace", "shop", "app", "nobody"))).isEmpty();
        assertThat(owners.of(Map.of())).isEmpty();
    }

    private Overview overview(List<Concern> more) {
        var declared = new Declared(workloads, services);
        var rule = new HealthRule(Thresholds.DEFAULT);
        var answers = new Answers(Map.of(
                Question.REQUESTS,
                new Answer.Rows(requests, List.of()),
                Question.TARGETS,
                new Answer.Rows(List.of(), List.of())));
        var topology = new TopologyBuilder(rule).build(AT, Duration.ofMinutes(5), answers, declared);
        return Overview.of(
                new Overview.Known(
                        topology,
                        new ServicesBuilder(rule).build(topology, answers, declared),
                        alerts,
                        SloBuilder.build(new Answer.Rows(slos, List.of()), List.of()),
                        new Owners(declared)),
                more);
    }

    private void service(String name, double failed) {
        workloads.add(
                new Declared.Workload("shop", name + "-v1", name, "v1", false, true, OptionalInt.of(1), List.of()));
        services.add(new Declared.Service(
                "shop",
                name,
                name + ".shop.svc.cluster.local",
                false,
                false,
                List.of(),
                List.of("shop/" + name + "-v1")));
        request(name, 1 - failed, "200");
        request(name, failed, "503");
    }

    private void request(String name, double rate, String code) {
        requests.add(new Row(
                Map.of(
                        "reporter",
                        "destination",
                        "source_workload",
                        "unknown",
                        "destination_workload",
                        name + "-v1",
                        "destination_workload_namespace",
                        "shop",
                        "destination_service",
                        name + ".shop.svc.cluster.local",
                        "response_code",
                        code),
                rate));
    }

    private void slo(String name, double value) {
        slos.add(new Row(
                Map.of("__name__", name, "slo", "fast", "destination_service", "web.shop.svc.cluster.local"), value));
    }

    private static Alert alert(String name, String severity, Alert.State state, Map<String, String> labels) {
        return new Alert(
                name, name, severity, state, EARLIER, "it hurts", "", Optional.empty(), labels, Optional.empty());
    }
}
