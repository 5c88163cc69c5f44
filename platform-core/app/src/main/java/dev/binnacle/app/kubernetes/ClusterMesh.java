package dev.binnacle.app.kubernetes;

import dev.binnacle.app.mesh.MeshController;
import dev.binnacle.kubernetes.cluster.ClusterState;
import dev.binnacle.mesh.ClusterCheck;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Makes the cluster's manifests the mesh that the API shows. For one thread at a time. */
final class ClusterMesh implements Consumer<ClusterState> {
    private static final Logger LOG = Logger.getLogger(ClusterMesh.class);

    private final MeshController controller;
    private boolean isShown;
    private ClusterState shown = ClusterState.NONE;

    ClusterMesh(MeshController controller) {
        this.controller = controller;
    }

    /** That pods come and go changes nothing here. */
    @Override
    public void accept(ClusterState state) {
        if (isShown && state.manifests().equals(shown.manifests())) {
            return;
        }
        var files = state.manifests().stream()
                .map(object -> new ManifestFile(object.name(), object.text()))
                .toList();
        var read = ClusterCheck.of(files);
        controller.show(files, read);
        shown = state;
        isShown = true;
        LOG.infof(
                "mesh of the cluster resources=%d diagnostics=%d",
                read.value().resources().size(), read.diagnostics().size());
    }
}
