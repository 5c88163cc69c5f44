package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sidecars prove who they are, and a STRICT workload talks to nobody else. */
@ExtendWith(RunningMesh.class)
class SecurityIT {
    private static final String ORDER = "{\"sku\":\"compass\",\"quantity\":1}";

    private final Traffic traffic = new Traffic();

    @Test
    void plaintextToAStrictWorkloadIsRefusedAndToAPermissiveOneIsNot(RunningMesh.Instance mesh) {
        String strict = "http://" + mesh.pod("payments", "v1").get("podIp").asText() + ":8080/q/health/live";
        String permissive = "http://" + mesh.pod("catalog", "v1").get("podIp").asText() + ":8080/q/health/live";

        assertThat(traffic.get(permissive).status()).isEqualTo(200);
        assertThat(traffic.get(strict).status()).isZero();
    }

    @Test
    void bothReportersNameThePrincipalsOfAMutualTlsRequest(RunningMesh.Instance mesh) {
        assertThat(traffic.post(mesh.ingress() + "/api/orders", ORDER).status()).isIn(200, 201);

        String edge = "istio_requests_total{source_app=\"orders\",destination_app=\"payments\",reporter=\"%s\","
                + "source_principal=\"spiffe://cluster.local/ns/default/sa/orders\","
                + "destination_principal=\"spiffe://cluster.local/ns/default/sa/payments\",%s}";
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(mesh.prometheus().value("sum(" + edge.formatted("source", "connection_security_policy=\"unknown\"") + ")"))
                    .isPositive();
            assertThat(mesh.prometheus()
                            .value("sum(" + edge.formatted("destination", "connection_security_policy=\"mutual_tls\"") + ")"))
                    .isPositive();
        });
    }

    @Test
    void theMergedEndpointOfAStrictWorkloadCarriesBothHalves(RunningMesh.Instance mesh) {
        String merged = "http://" + mesh.pod("payments", "v1").get("podIp").asText() + ":15020/stats/prometheus";

        assertThat(traffic.get(merged).body())
                .contains("envoy_server_uptime")
                .contains("jvm_memory_used_bytes")
                .contains("istio_agent_scrape_failures_total");
    }
}
