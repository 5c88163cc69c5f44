package dev.binnacle.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sidecars prove who they are, and a STRICT workload talks to nobody else. */
@ExtendWith(RunningMesh.class)
class SecurityIT {
    private static final String ORDER = "{\"sku\":\"rope\",\"quantity\":1}";

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
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(mesh.prometheus()
                            .value("sum(" + edge.formatted("source", "connection_security_policy=\"unknown\"") + ")"))
                    .isPositive();
            assertThat(mesh.prometheus()
                            .value("sum(" + edge.formatted("destination", "connection_security_policy=\"mutual_tls\"")
                                    + ")"))
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

    @Test
    void certificatesAreReplacedWithoutARestartAndWithoutAFailedRequest(RunningMesh.Instance mesh) {
        String certificates = mesh.pod("catalog", "v1").at("/sidecar/admin").asText() + "/certs";
        long sidecar = mesh.pod("catalog", "v1").at("/sidecar/pid").asLong();
        List<String> before = serials(certificates);

        var during = CompletableFuture.supplyAsync(() -> traffic.versionsOf(300, mesh.ingress() + "/api/catalog"));
        mesh.rotateCertificates();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(serials(certificates)).isNotEmpty().doesNotContainAnyElementsOf(before));
        assertThat(during.join().keySet()).isSubsetOf("v1", "v2");
        assertThat(traffic.versionsOf(50, mesh.ingress() + "/api/catalog").keySet())
                .isSubsetOf("v1", "v2");
        assertThat(mesh.pod("catalog", "v1").at("/sidecar/pid").asLong()).isEqualTo(sidecar);
    }

    /** The serial numbers of the workload certificates an Envoy holds. */
    private static List<String> serials(String certificates) {
        return given()
                .get(certificates)
                .jsonPath()
                .<String>getList("certificates.cert_chain.flatten().serial_number")
                .stream()
                .distinct()
                .toList();
    }
}
