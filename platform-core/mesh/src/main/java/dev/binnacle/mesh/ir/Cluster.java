package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.Optional;

/** A group of addresses that a proxy sends to. */
public sealed interface Cluster {
    /** Returns Istio's name for it, {@code outbound|8080|v1|catalog.default.svc.cluster.local}. */
    String name();

    /** Returns what asked for it. */
    Origin origin();

    /**
     * The ready pods of a Service, or of a subset of it.
     *
     * @param groups endpoints of the same locality and priority
     * @param subset empty for all of them
     * @param leavesMachine whether connections may; others come from the pod's own loopback address
     * @param rule the DestinationRule that shaped it; {@link Origin#DEFAULT} when there is none
     */
    record Outbound(
            String name,
            ServiceName service,
            int port,
            String subset,
            Protocol protocol,
            Traffic traffic,
            Tls tls,
            Discovery discovery,
            boolean leavesMachine,
            List<EndpointGroup> groups,
            Origin origin,
            Origin rule)
            implements Cluster {

        /** Returns the same without endpoints. */
        public Outbound withoutEndpoints() {
            return new Outbound(
                    name,
                    service,
                    port,
                    subset,
                    protocol,
                    traffic,
                    tls,
                    discovery,
                    leavesMachine,
                    List.of(),
                    origin,
                    rule);
        }

        /** Returns the endpoints of all groups. */
        public List<Endpoint> endpoints() {
            return groups.stream().flatMap(group -> group.endpoints().stream()).toList();
        }
    }

    /** The pod's own application. */
    record Inbound(String name, String address, int port, Protocol protocol, Origin origin) implements Cluster {}

    /**
     * Whatever host a request names.
     *
     * @param leavesMachine whether connections may; others come from the pod's own loopback address
     */
    record PassThrough(String name, boolean leavesMachine, Origin origin) implements Cluster {}

    /** What stands in for a host that nothing in the mesh defines. */
    record StandIn(String name, String address, int port, Origin origin) implements Cluster {}

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

    /** How connections are protected. */
    sealed interface Tls {
        /** Plaintext, whatever the endpoint can do. */
        record None() implements Tls {}

        /** Mutual TLS with endpoints that have a sidecar which accepts it, plaintext with the others. */
        record Auto(String sni, List<String> identities) implements Tls {}

        /** Mutual TLS, always. */
        record Mutual(String sni, List<String> identities) implements Tls {}

        /**
         * TLS with a server that need not be of the mesh.
         *
         * @param sni empty where the request's host is sent
         * @param names of which the server's certificate must have one; empty for any
         * @param verifiesHost whether the server's certificate must name the host that the request is for
         * @param trust whom the server's certificate must be from
         * @param shown the client's certificate
         */
        record Foreign(String sni, List<String> names, boolean verifiesHost, Trust trust, Optional<Shown> shown)
                implements Tls {}
    }

    /** Whose certificates are accepted. */
    sealed interface Trust {
        /** Any certificate. */
        record Anyone() implements Trust {}

        /** Those of the authorities that the system knows. */
        record System() implements Trust {}

        /** Those of the authorities in a file, save those revoked in another. */
        record Authorities(String file, Optional<String> revoked) implements Trust {}

        /** Those of authorities that the proxy is told under this name. */
        record Told(String name) implements Trust {}
    }

    /** A certificate that a client shows. */
    sealed interface Shown {
        /** The files of its chain and its key. */
        record Files(String certificates, String key) implements Shown {}

        /** What the proxy is told under this name. */
        record Told(String name) implements Shown {}
    }

    /**
     * Endpoints of one locality and priority.
     *
     * @param priority those of a higher number get requests when those of lower ones fail
     * @param weight the share of the requests, where localities have weights
     */
    record EndpointGroup(Locality locality, int priority, int weight, List<Endpoint> endpoints) {}

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
