package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two replicas behind one service: {@code istio/scenarios/prometheus-ha}. */
@Scenario("istio/scenarios/prometheus-ha")
class PrometheusHaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] HOST = {"host", "prometheus-ha.localhost"};
    private static final String SERVED =
            "sum by (pod) (istio_requests_total{reporter=\"destination\",destination_service_name=\"prometheus-ha\",response_code=\"200\"})";

    private final Traffic traffic = new Traffic();

    @Test
    void queriesGoOnWhileEitherReplicaIsKilledAndReturns(RunningMesh.Instance mesh) {
        String url = mesh.ingress() + "/api/v1/query?query=up";
        await().atMost(PATIENCE).until(() -> ready(mesh, "prometheus-ha-0") && ready(mesh, "prometheus-ha-1"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(traffic.get(url, HOST).body()).contains("istio-ingressgateway"));
        var asked = Increase.atSource(mesh, "istio-ingressgateway", "prometheus-ha", "response_code");
        var tried = Increase.atDestination(mesh, "istio-ingressgateway", "prometheus-ha", "response_code");

        var load = new BackgroundLoad(url, () -> traffic, HOST);
        var more = new BackgroundLoad(url, () -> traffic, HOST);
        try (load;
                more) {
            kill(mesh, "prometheus-ha-0");
            kill(mesh, "prometheus-ha-1");
        }

        int sent = load.sent() + more.sent();
        assertThat(load.failures() + more.failures())
                .as("failed queries of " + sent)
                .isZero();
        asked.awaitEqual(Map.of("200", sent));
        await("tries that met a killed replica, and were repeated")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tried.inPrometheus()).containsKey("503"));
        assertThat(mesh.prometheus().valuesBy("pod", SERVED))
                .hasSize(2)
                .allSatisfy((pod, queries) -> assertThat(queries).as(pod).isPositive());
    }

    /** Returns when the replica is back, and every sidecar may ask it again. */
    private static void kill(RunningMesh.Instance mesh, String pod) {
        var pods = new Pods(mesh);
        RunningMesh.kill(mesh.pod(pod).get("pid").asLong());
        pods.awaitNew("prometheus-ha", PATIENCE);
    }

    private static boolean ready(RunningMesh.Instance mesh, String pod) {
        return mesh.pod(pod).get("ready").asBoolean();
    }
}
