package dev.binnacle.app.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.app.mesh.ControlPlane;
import dev.binnacle.app.mesh.MeshController;
import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.kubernetes.cluster.ClusterObject;
import dev.binnacle.kubernetes.cluster.ClusterState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterMeshTest {
    private static final String ROUTE = "{\"apiVersion\": \"networking.istio.io/v1\", \"kind\": \"VirtualService\","
            + " \"metadata\": {\"name\": \"catalog\", \"namespace\": \"shop\"}, \"spec\": {\"hosts\": [\"catalog\"],"
            + " \"http\": [{\"route\": [{\"destination\": {\"host\": \"catalog\"}}]}]}}";

    private final List<MeshState> shown = new ArrayList<>();
    private final MeshController controller =
            new MeshController(List.of(), Path.of("none"), Path.of("none"), ControlPlane.NONE, List.of(shown::add));
    private final ClusterMesh mesh = new ClusterMesh(controller);

    @Test
    void whatIsWrongInTheClusterIsToldByTheNameOfTheObject() {
        mesh.accept(state(1, new ClusterObject("VirtualService shop/catalog", ROUTE)));

        assertThat(controller.state().manifests().virtualServices()).hasSize(1);
        assertThat(controller.state().diagnostics())
                .allSatisfy(diagnostic -> assertThat(diagnostic.file()).isEqualTo("VirtualService shop/catalog"))
                .anySatisfy(diagnostic -> assertThat(diagnostic.code()).isEqualTo("BNC-201"));
    }

    @Test
    void podsThatComeAndGoChangeNothing() {
        mesh.accept(state(1));
        mesh.accept(state(2));

        assertThat(shown).hasSize(1);
    }

    private static ClusterState state(int pods, ClusterObject... objects) {
        return new ClusterState(List.of(objects), List.of(), List.of(), List.of(), pods, 0);
    }
}
