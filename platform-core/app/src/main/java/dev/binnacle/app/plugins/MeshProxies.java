package dev.binnacle.app.plugins;

import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Proxy;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * The Envoys of the running mesh, as extensions see them.
 *
 * @param envoys the pods with an Envoy, as they are at the moment of the question
 */
record MeshProxies(Supplier<List<Pod>> envoys) implements MeshView {
    private static final int ADMIN_PORT = 15000;

    @Override
    public List<Proxy> proxies() {
        return envoys.get().stream().map(MeshProxies::proxy).toList();
    }

    private static Proxy proxy(Pod pod) {
        return new Proxy(
                pod.name(), pod.namespace(), pod.workload(), URI.create("http://" + pod.podIp() + ":" + ADMIN_PORT));
    }
}
