package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.Optional;

/**
 * The whole mesh, proxy by proxy.
 *
 * @param proxies sorted by id; pods without a proxy have hosts only
 */
public record MeshIr(MeshSettings settings, List<ProxyIr> proxies) {
    /** Returns the proxy of the pod {@code name.namespace}. */
    public Optional<ProxyIr> proxy(String id) {
        return proxies.stream().filter(p -> p.id().equals(id)).findFirst();
    }
}
