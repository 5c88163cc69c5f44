package dev.binnacle.mesh.ir;

import dev.binnacle.mesh.ir.access.Guard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All that one proxy does. Pods that see the same of the mesh have the very same lists of route tables and clusters.
 *
 * @param id the pod's {@code name.namespace}
 * @param self the pod's identity
 * @param address the pod's address
 * @param guard what everything must pass that comes in
 * @param telemetry what it tells about the traffic it carries
 * @param listeners sorted by name
 * @param routeTables sorted by name
 * @param outbound the clusters for what is not the pod's own, sorted by name
 * @param inbound the clusters for the pod's own application
 * @param credentials what it is told in secret, sorted by name
 * @param hosts the pod's hosts file: every name a client may use, to its address
 */
public record ProxyIr(
        String id,
        Identity self,
        String address,
        Guard guard,
        Telemetry telemetry,
        List<Listener> listeners,
        List<RouteTable> routeTables,
        List<Cluster> outbound,
        List<Cluster> inbound,
        List<Credential> credentials,
        Map<String, String> hosts) {
    /** Returns all clusters, sorted by name. */
    public List<Cluster> clusters() {
        return merged(outbound, inbound, Comparator.comparing(Cluster::name));
    }

    /** Returns a list that is sorted, with a few more where they belong in it. */
    public static <T> List<T> merged(List<T> sorted, List<T> few, Comparator<T> order) {
        var result = new ArrayList<>(sorted);
        for (var one : few) {
            result.add(-Collections.binarySearch(result, one, order) - 1, one);
        }
        return List.copyOf(result);
    }
}
