package dev.binnacle.app.traffic;

import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.mesh.traffic.SeenMesh;

/** The running mesh as the pure parts see it. */
final class SeenMeshes {
    private SeenMeshes() {}

    static SeenMesh of(MeshState state) {
        return new SeenMesh(
                state.manifests(), state.files(), state.translated().mesh().proxies(), state.pods());
    }
}
