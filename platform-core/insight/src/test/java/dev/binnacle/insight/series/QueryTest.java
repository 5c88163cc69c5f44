package dev.binnacle.insight.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void theCallersCountIsTakenAndTheServersWhereNobodyElseCounts() {
        var queries = Query.of(Subject.service("catalog.default.svc.cluster.local"), Signal.REQUESTS, "60000ms");

        String ends = "sum by (source_workload, source_workload_namespace, destination_workload, "
                + "destination_workload_namespace, destination_service) ";
        assertThat(queries).containsOnlyKeys(Query.ALL, Query.BY_WORKLOAD);
        assertThat(queries.get(Query.ALL))
                .isEqualTo(
                        "sum (" + ends
                                + "(rate(istio_requests_total{reporter!=\"destination\",destination_service=\"catalog.default.svc.cluster.local\"}[60000ms]))\n"
                                + "or\n" + ends
                                + "(rate(istio_requests_total{reporter=\"destination\",destination_service=\"catalog.default.svc.cluster.local\"}[60000ms])))");
    }

    @Test
    void failuresAreTheCallersWhereCallersCount() {
        var errors = Query.of(Subject.service("a"), Signal.ERRORS, "1m").get(Query.ALL);

        assertThat(errors)
                .contains("\nunless\n")
                .contains("response_code=\"0\"")
                .endsWith(" > 0)");
    }

    @Test
    void whatAClientSaysIsText() {
        var subject =
                Subject.node("workload/default/x\"} or vector(1) #", false).orElseThrow();

        assertThat(Query.of(subject, Signal.REQUESTS, "1m").get(Query.ALL))
                .contains("destination_workload=\"x\\\"} or vector(1) #\"");
    }

    @Test
    void aGatewayIsShownByWhatItSends() {
        var gateway = Subject.node("workload/istio-system/gate", true).orElseThrow();

        assertThat(Query.of(gateway, Signal.LATENCY, "1m"))
                .containsOnlyKeys("p50", "p95", "p99")
                .allSatisfy((name, promql) -> assertThat(promql)
                        .startsWith("histogram_quantile(0."
                                + name.replace("p50", "p5").substring(1))
                        .contains("source_workload=\"gate\"")
                        .doesNotContain("destination_workload=\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "",
                "workload",
                "workload/a",
                "workload/a/b/c",
                "service/a",
                "external",
                "pod/a/b",
                "black-hole/x"
            })
    void whatIsNoNodeHasNoSeries(String id) {
        assertThat(Subject.node(id, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"workload/a/b", "service/a/b", "external/x.example", "passthrough", "black-hole", "unrouted"})
    void everyOtherNodeHas(String id) {
        assertThat(Subject.node(id, false)).isPresent();
        assertThat(Subject.edge("unknown", id)).isPresent();
        assertThat(Subject.edge("workload/c/d", id)).isPresent();
        assertThat(Subject.edge("passthrough", id)).isEmpty();
    }
}
