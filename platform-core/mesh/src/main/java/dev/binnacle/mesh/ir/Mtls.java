package dev.binnacle.mesh.ir;

/** What a pod's port accepts from the network. */
public enum Mtls {
    /** Plaintext only. */
    DISABLE,
    /** Mutual TLS and plaintext; Istio's default. */
    PERMISSIVE,
    /** Mutual TLS only. */
    STRICT
}
