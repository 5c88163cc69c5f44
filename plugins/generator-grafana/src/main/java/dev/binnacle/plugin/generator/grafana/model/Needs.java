package dev.binnacle.plugin.generator.grafana.model;

/** What has to be the case for a panel to show something; the panel says so itself. */
public enum Needs {
    /** A mesh with some traffic, which is what dashboards are for. */
    TRAFFIC(""),
    /** Istio's own control plane; the platform's, which stands for it on one machine, does not do these things. */
    ISTIOD("Needs istiod: empty where the platform itself configures the proxies."),
    /** A service that speaks neither HTTP nor gRPC. */
    TCP("Empty for services that speak HTTP or gRPC."),
    /** A failure. */
    FAILURE("Empty as long as nothing of it happens, which is good."),
    /** A change of configuration, not long ago. */
    CHANGE("Empty while nothing changes."),
    /** Requests to hosts outside. */
    OUTSIDE("Empty as long as nobody calls a host outside the mesh."),
    /** A service level objective whose long windows have been recorded. */
    HISTORY("Empty for the first minutes: long windows are recorded every two.");

    private final String reason;

    Needs(String reason) {
        this.reason = reason;
    }

    /** Returns why it may be empty, as a sentence; empty when it may not. */
    public String reason() {
        return reason;
    }
}
