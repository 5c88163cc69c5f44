package dev.binnacle.mesh.topology;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One instance of a workload, with its place on the loopback network.
 *
 * @param name unique within the namespace: the Deployment's name and the replica's number, {@code catalog-v1-0}
 * @param namespace the Deployment's namespace
 * @param workload the Deployment's name
 * @param kind sidecar, gateway or plain
 * @param index the pod's number within the instance, from 1; it determines every address of the pod
 * @param labels the pod template's labels
 * @param serviceAccount the service account's name, {@code default} when the template names none
 * @param podIp where the sidecar's inbound listeners and the agent are
 * @param appIp where the application listens
 * @param ready whether the Deployment's readiness probe (and the sidecar's) passes; only ready pods are endpoints
 * @param ports the container ports by name; a port without a name has its number as name
 * @param published listener ports of a gateway that are also open elsewhere: container port to {@code address:port}
 */
public record Pod(
        String name,
        String namespace,
        String workload,
        PodKind kind,
        int index,
        Map<String, String> labels,
        String serviceAccount,
        String podIp,
        String appIp,
        boolean ready,
        Map<String, Integer> ports,
        Map<Integer, String> published) {

    public Pod {
        if (index < 1 || index > MeshTopology.MAX_PODS) {
            throw new IllegalArgumentException(
                    "pod index must be between 1 and " + MeshTopology.MAX_PODS + ", got " + index);
        }
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        ports = Collections.unmodifiableMap(new TreeMap<>(ports));
        published = Collections.unmodifiableMap(new TreeMap<>(published));
    }

    /** Returns {@code name.namespace}. */
    public String id() {
        return name + "." + namespace;
    }

    /** Returns the node id its Envoy announces, in Istio's form {@code type~ip~name.namespace~domain}. */
    public String nodeId() {
        String type = kind == PodKind.GATEWAY ? "router" : "sidecar";
        return type + "~" + podIp + "~" + id() + "~" + namespace + ".svc.cluster.local";
    }

    /** Returns the SPIFFE identity of the pod's service account within {@code trustDomain}. */
    public String spiffe(String trustDomain) {
        return "spiffe://" + trustDomain + "/ns/" + namespace + "/sa/" + serviceAccount;
    }

    /** Returns this pod with another readiness. */
    public Pod withReady(boolean nowReady) {
        return new Pod(
                name,
                namespace,
                workload,
                kind,
                index,
                labels,
                serviceAccount,
                podIp,
                appIp,
                nowReady,
                ports,
                published);
    }
}
