package dev.binnacle.mesh.topology;

/** What stands between a pod's application and the network. */
public enum PodKind {
    /** An application with an Envoy in front of it, both ways. */
    SIDECAR,
    /** Envoy alone: a Deployment with Istio's gateway injection template. */
    GATEWAY,
    /** An application without Envoy: injection is switched off by label. */
    PLAIN
}
