package dev.binnacle.mesh.schema;

/** What becomes of a field. */
public enum Support {
    /** It takes effect as Istio or Kubernetes define it. */
    SUPPORTED,
    /** It means something in a cluster only; local pods are right without it, so nothing is said. */
    CLUSTER_ONLY,
    /** It takes no effect; a warning says so. */
    IGNORED,
    /** It takes no effect and the resource would be wrong without it, so the resource is refused. */
    REJECTED
}
