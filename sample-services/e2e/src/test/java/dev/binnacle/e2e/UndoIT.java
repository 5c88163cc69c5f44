package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a scenario replaced comes back with {@code delete}: {@code istio/scenarios/locality-failover} replaces two Deployments. */
@ExtendWith(RunningMesh.class)
class UndoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SCENARIO = "istio/scenarios/locality-failover";
    private static final String ORDER = "{\"sku\":\"rope\",\"quantity\":1}";

    private final Traffic traffic = new Traffic();

    @Test
    void deleteUndoesApplyAndASecondDeleteHarmsNothing(RunningMesh.Instance mesh) {
        List<String> before = readyPods(mesh);
        run(mesh, "apply").mustSucceed("apply");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(readyPods(mesh)).contains("payments-us-0").hasSize(before.size() + 1));

        var undone = run(mesh, "delete").mustSucceed("delete");

        assertThat(undone.out())
                .contains("Deployment default/orders restored to sample-services/kubernetes/orders.yaml:")
                .contains("Deployment default/payments restored to sample-services/kubernetes/payments.yaml:")
                .contains("Deployment default/payments-us deleted")
                .contains("DestinationRule default/payments deleted");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(readyPods(mesh)).isEqualTo(before));
        await().atMost(PATIENCE)
                .until(() -> traffic.post(mesh.ingress() + "/api/orders", ORDER).status() == 201);

        var again = run(mesh, "delete");

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("nothing was deleted").contains("sample-services/kubernetes/orders.yaml:");
        assertThat(readyPods(mesh)).isEqualTo(before);
    }

    private static Binnacle.Result run(RunningMesh.Instance mesh, String verb) {
        return mesh.binnacle().run(PATIENCE, verb, "-f", SCENARIO);
    }

    private static List<String> readyPods(RunningMesh.Instance mesh) {
        return StreamSupport.stream(mesh.binnacle().status().get("pods").spliterator(), false)
                .filter(pod -> pod.get("ready").asBoolean())
                .map(pod -> pod.get("name").asText())
                .sorted()
                .toList();
    }
}
