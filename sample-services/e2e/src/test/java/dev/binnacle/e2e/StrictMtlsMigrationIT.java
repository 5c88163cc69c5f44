package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A namespace becomes strict under load: {@code istio/scenarios/strict-mtls-migration}. */
@ExtendWith(RunningMesh.class)
class StrictMtlsMigrationIT {
    private static final String SCENARIO = "istio/scenarios/strict-mtls-migration";

    @Test
    void noRequestFailsWhileTheNamespaceBecomesStrictAndPlaintextIsRefusedThen(RunningMesh.Instance mesh) {
        var traffic = new Traffic();
        String catalog = "http://" + mesh.pod("catalog", "v1").get("podIp").asText() + ":8080/q/health/live";
        mesh.awaitNothingDrains();
        var load = new BackgroundLoad(mesh.ingress() + "/api/catalog", () -> traffic);
        try (load) {
            assertThat(new Traffic().get(catalog).status()).isEqualTo(200);
            run(mesh, "apply");
            assertThat(new Traffic().get(catalog).status()).isZero();

            var secured = new Increase(
                    mesh,
                    "istio_requests_total",
                    Map.of("reporter", "destination", "destination_service_name", "catalog"),
                    "connection_security_policy");
            int before = load.sent();
            await().until(() -> load.sent() > before + 20);
            // Prometheus is some seconds behind; what it had of plaintext must not have grown once it is not.
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(secured.inPrometheus().keySet()).containsExactly("mutual_tls"));
        } finally {
            run(mesh, "delete");
        }
        assertThat(load.failures()).isZero();
        assertThat(new Traffic().get(catalog).status()).isEqualTo(200);
    }

    private static void run(RunningMesh.Instance mesh, String command) {
        mesh.binnacle().run(Duration.ofSeconds(60), command, "-f", SCENARIO).mustSucceed(command);
    }
}
