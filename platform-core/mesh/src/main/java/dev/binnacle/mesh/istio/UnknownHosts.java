package dev.binnacle.mesh.istio;

/** What becomes of requests to hosts that nothing in the mesh defines. */
public enum UnknownHosts {
    /** They are passed through: metrics call their destination PassthroughCluster. */
    ALLOW_ANY,
    /** They are refused with 502: metrics call their destination BlackHoleCluster. */
    REGISTRY_ONLY
}
