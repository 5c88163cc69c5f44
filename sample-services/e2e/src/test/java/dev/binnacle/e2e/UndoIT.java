package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code delete} undoes {@code apply}: {@code istio/scenarios/canary} replaces a VirtualService of the manifests. */
@ExtendWith(RunningMesh.class)
class UndoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCENARIO = "istio/scenarios/canary";
    private static final String MANIFEST = "istio/catalog.yaml";

    @Test
    void whatAScenarioReplacedComesBackAndASecondDeleteHarmsNothing(RunningMesh.Instance mesh) {
        run(mesh, "apply", MANIFEST).mustSucceed("apply");
        JsonNode before = mesh.proxies();
        run(mesh, "apply", SCENARIO).mustSucceed("apply");
        assertThat(mesh.proxies()).isNotEqualTo(before);

        var undone = run(mesh, "delete", SCENARIO).mustSucceed("delete");

        assertThat(undone.out()).contains("VirtualService default/catalog restored to " + MANIFEST + ":");
        assertThat(mesh.proxies()).isEqualTo(before);

        var again = run(mesh, "delete", SCENARIO);

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err())
                .contains("nothing was deleted")
                .contains("VirtualService default/catalog at " + MANIFEST + ":");
        assertThat(mesh.proxies()).isEqualTo(before);
    }

    private static Binnacle.Result run(RunningMesh.Instance mesh, String verb, String manifests) {
        return mesh.binnacle().run(PATIENCE, verb, "-f", manifests);
    }
}
