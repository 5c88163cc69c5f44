package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The whole mesh, proxy by proxy.
 *
 * @param proxies sorted by id; pods without a proxy have hosts only
 */
public record MeshIr(MeshSettings settings, List<ProxyIr> proxies) {
    /** Returns the proxies by id, sorted. */
    public SortedMap<String, ProxyIr> byId() {
        return proxies.stream()
                .collect(Collectors.toMap(ProxyIr::id, proxy -> proxy, (one, other) -> one, TreeMap::new));
    }

    /** Returns the proxy of the pod {@code name.namespace}. */
    public Optional<ProxyIr> proxy(String id) {
        return proxies.stream().filter(p -> p.id().equals(id)).findFirst();
    }
}
