package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.Map;

/**
 * All that one proxy does.
 *
 * @param id the pod's {@code name.namespace}
 * @param self the pod's identity
 * @param address the pod's address
 * @param hosts the pod's hosts file: every name a client may use, to its address
 */
public record ProxyIr(
        String id,
        Identity self,
        String address,
        List<Listener> listeners,
        List<RouteTable> routeTables,
        List<Cluster> clusters,
        Map<String, String> hosts) {}
