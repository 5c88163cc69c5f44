package dev.binnacle.insight.topology;

/** What a node of the topology is. */
public enum NodeKind {
    /** Pods that are one version of one application. */
    WORKLOAD,
    /** A workload at the edge of the mesh. */
    GATEWAY,
    /** A service, for requests that reached none of its workloads. */
    SERVICE,
    /** A host outside of the mesh that the manifests know. */
    EXTERNAL,
    /** Somebody without a proxy, or somebody whom nobody declares. */
    UNKNOWN,
    /** A host outside of the mesh that nobody declares, reached all the same (Istio's {@code PassthroughCluster}). */
    PASSTHROUGH,
    /** Where requests go that the mesh lets nobody reach (Istio's {@code BlackHoleCluster}). */
    BLACK_HOLE,
    /** Where requests go that fit no route (response flag {@code NR}). */
    UNROUTED
}
