package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What breaks is noticed, counted and put right, and what does not depend on it goes on. */
@ExtendWith(RunningMesh.class)
class FaultIT {
    private final Traffic traffic = new Traffic();

    @Test
    void trafficAndMetricsGoOnWithoutTheApp(RunningMesh.Instance mesh) {
        String url = mesh.ingress() + "/api/catalog";
        String counter = "sum(istio_requests_total{reporter=\"source\",destination_app=\"catalog\"})";
        long killed = mesh.binnacle().status().at("/app/pid").asLong();
        double before = mesh.prometheus().value(counter);
        mesh.awaitNothingDrains();

        RunningMesh.kill(killed);

        assertThat(traffic.versionsOf(100, url).keySet()).isSubsetOf("v1", "v2");
        await().atMost(Duration.ofSeconds(60)).until(() -> mesh.prometheus().value(counter) >= before + 100);
        mesh.awaitAppInThePlaceOf(killed);
        assertThat(traffic.versionsOf(20, url).keySet()).isSubsetOf("v1", "v2");
    }

    @Test
    void aKilledPodIsUnreadyWithinTwoSecondsCountedAsFailuresAndRestarted(RunningMesh.Instance mesh) {
        JsonNode inventory = mesh.pod("inventory", "v1");
        String readiness = "http://" + inventory.get("podIp").asText() + ":15021/healthz/ready";
        assertThat(traffic.get(readiness).status()).isEqualTo(200);
        double before = failedCalls(mesh);

        RunningMesh.kill(inventory.get("pid").asLong());

        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> traffic.get(readiness).status() == 503);
        traffic.get(mesh.ingress() + "/api/catalog");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode now = mesh.pod("inventory", "v1");
            assertThat(now.get("ready").asBoolean()).isTrue();
            assertThat(now.get("restarts").asInt())
                    .isGreaterThan(inventory.get("restarts").asInt());
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> failedCalls(mesh) > before);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> traffic.get(mesh.ingress() + "/api/catalog").status() == 200);
    }

    @Test
    void aMissingHalfOfTheMergedEndpointIsSaid(RunningMesh.Instance mesh) {
        JsonNode payments = mesh.pod("payments", "v1");
        String merged = "http://" + payments.get("podIp").asText() + ":15020/stats/prometheus";
        String failures = "sum(istio_agent_scrape_failures_total{type=\"application\",instance=~\""
                + payments.get("podIp").asText()
                + ":.*\"}) or sum(istio_agent_scrape_failures_total{type=\"application\",pod=\""
                + payments.get("name").asText() + "\"})";
        double before = mesh.prometheus().value(failures);

        RunningMesh.kill(payments.get("pid").asLong());
        Traffic.Answer half = traffic.get(merged);

        assertThat(half.status()).isEqualTo(200);
        assertThat(half.body()).contains("envoy_server_uptime").doesNotContain("jvm_memory_used_bytes");
        await().atMost(Duration.ofSeconds(60)).until(() -> mesh.prometheus().value(failures) > before);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> mesh.pod("payments", "v1").get("ready").asBoolean());
    }

    /** Calls to the inventory that failed, whatever the reason, as their callers saw it. */
    private static double failedCalls(RunningMesh.Instance mesh) {
        Map<String, Double> byStatus = mesh.prometheus()
                .valuesBy(
                        "grpc_response_status",
                        "sum by (grpc_response_status) (istio_requests_total{reporter=\"source\",destination_service_name=\"inventory\"})");
        return byStatus.entrySet().stream()
                .filter(e -> !e.getKey().equals("0"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
