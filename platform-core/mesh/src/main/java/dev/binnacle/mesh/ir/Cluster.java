package dev.binnacle.mesh.ir;

import java.util.List;

/** A group of addresses that a proxy sends to. */
public sealed interface Cluster {
    /** Returns Istio's name for it, {@code outbound|8080|v1|catalog.default.svc.cluster.local}. */
    String name();

    /** Returns what asked for it. */
    Origin origin();

    /**
     * The ready pods of a Service, or of a subset of it.
     *
     * @param subset empty for all of them
     * @param source the address connections come from: the pod's own; empty when they leave this machine
     * @param rule the DestinationRule that shaped it; {@link Origin#DEFAULT} when there is none
     */
    record Outbound(
            String name,
            ServiceName service,
            int port,
            String subset,
            Protocol protocol,
            Balancing balancing,
            Tls tls,
            Discovery discovery,
            String source,
            List<Endpoint> endpoints,
            Origin origin,
            Origin rule)
            implements Cluster {}

    /** The pod's own application. */
    record Inbound(String name, String address, int port, Protocol protocol, String source, Origin origin)
            implements Cluster {}

    /** Whatever host a request names, from whatever address leads there. */
    record PassThrough(String name, Origin origin) implements Cluster {}

    /** Nothing: requests end here. */
    record BlackHole(String name, Origin origin) implements Cluster {}

    /** How a proxy learns of the endpoints. */
    enum Discovery {
        /** The control plane tells them one by one. */
        EDS,
        /** They are names, and all addresses that DNS gives count. */
        STRICT_DNS,
        /** It is one name, and whatever address DNS gives next is used. */
        LOGICAL_DNS
    }

    /** How the next endpoint is chosen. */
    enum Balancing {
        LEAST_REQUEST,
        ROUND_ROBIN,
        RANDOM
    }

    /** How connections are protected. */
    sealed interface Tls {
        /** Plaintext, whatever the endpoint can do. */
        record None() implements Tls {}

        /** Mutual TLS with endpoints that have a sidecar which accepts it, plaintext with the others. */
        record Auto(String sni, List<String> identities) implements Tls {}

        /** Mutual TLS, always. */
        record Mutual(String sni, List<String> identities) implements Tls {}
    }

    /**
     * A place to connect to.
     *
     * @param address an IP address, or a name where the discovery is by DNS
     * @param pod the pod it belongs to; empty for what is no pod
     * @param mtls whether its sidecar accepts mutual TLS
     * @param weight its share of the requests relative to the others
     */
    record Endpoint(String address, int port, String pod, Identity identity, boolean mtls, int weight) {}
}
