package dev.binnacle.plugin.collectors.mesh.istiod;

import java.util.Map;
import java.util.TreeMap;

/**
 * One proxy that is connected.
 *
 * @param id {@code pod.namespace}
 * @param kind {@code sidecar}, {@code router} …
 * @param version of Istio, as the proxy says
 * @param types by short name: {@code cds}, {@code lds} …
 */
record ProxySync(String id, String kind, String version, Map<String, TypeSync> types) {
    ProxySync {
        types = new TreeMap<>(types);
    }

    /** A pod's name may have dots, a namespace has none. */
    String pod() {
        int dot = id.lastIndexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    String namespace() {
        int dot = id.lastIndexOf('.');
        return dot < 0 ? "" : id.substring(dot + 1);
    }

    boolean isInTrouble() {
        return types.values().stream().anyMatch(type -> type.state().isTrouble());
    }
}
