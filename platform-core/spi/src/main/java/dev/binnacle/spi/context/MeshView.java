package dev.binnacle.spi.context;

import java.util.List;

/** What the host knows about the mesh right now. */
@FunctionalInterface
public interface MeshView {
    /**
     * Returns the Envoys of the mesh, sidecars and gateways, sorted by namespace and pod; empty when there is no mesh.
     * Pods come and go: ask again in each run.
     */
    List<Proxy> proxies();
}
