package dev.binnacle.app.config;

/** Where the wanted state of the mesh comes from, and who configures the Envoys. The setting {@code binnacle.mode}. */
public enum Mode {
    /** One machine: manifests are files, and this application configures the Envoys. */
    LOCAL,
    /** A cluster: manifests are the API server's, and istiod configures the Envoys. */
    KUBERNETES
}
