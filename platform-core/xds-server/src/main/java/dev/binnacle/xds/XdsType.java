package dev.binnacle.xds;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of resources served, in the order in which a change has to arrive. */
public enum XdsType {
    /** Clusters, asked for as a whole. */
    CLUSTER("envoy.config.cluster.v3.Cluster", "cds", "clusters", true),
    /** Endpoints, asked for by cluster. */
    ENDPOINT("envoy.config.endpoint.v3.ClusterLoadAssignment", "eds", "endpoints", false),
    /** Certificates and authorities, asked for by name: clusters and listeners wait for those that they name. */
    SECRET("envoy.extensions.transport_sockets.tls.v3.Secret", "sds", "secrets", false),
    /** Listeners, asked for as a whole. */
    LISTENER("envoy.config.listener.v3.Listener", "lds", "listeners", true),
    /** Configurations of filters that listeners only name, asked for by name. */
    FILTER("envoy.config.core.v3.TypedExtensionConfig", "ecds", "filters", false),
    /** Route configurations without their virtual hosts, asked for by name. */
    ROUTE("envoy.config.route.v3.RouteConfiguration", "rds", "routes", false),
    /** Virtual hosts of all route configurations, asked for as a whole and named after their route configuration. */
    VIRTUAL_HOST("envoy.config.route.v3.VirtualHost", "vhds", "virtual-hosts", true);

    private final String typeUrl;
    private final String metric;
    private final String plural;
    private final boolean wildcard;

    XdsType(String message, String metric, String plural, boolean wildcard) {
        this.typeUrl = "type.googleapis.com/" + message;
        this.metric = metric;
        this.plural = plural;
        this.wildcard = wildcard;
    }

    /** Returns the type that {@code typeUrl} names, if it is served. */
    static Optional<XdsType> of(String typeUrl) {
        return Arrays.stream(values()).filter(t -> t.typeUrl.equals(typeUrl)).findFirst();
    }

    /** Returns the type URL, {@code type.googleapis.com/…}. */
    public String typeUrl() {
        return typeUrl;
    }

    /**
     * Returns the value of istiod's label {@code type}: {@code cds}, {@code eds}, {@code sds}, {@code lds}, {@code ecds}
     * or {@code rds}; {@code vhds} for virtual hosts, which istiod does not serve.
     */
    public String metric() {
        return metric;
    }

    /** Returns what people call several of them: {@code clusters}, {@code endpoints}, {@code virtual-hosts}. */
    public String plural() {
        return plural;
    }

    /** Tells whether a first request that names nothing asks for everything. */
    boolean wildcard() {
        return wildcard;
    }
}
