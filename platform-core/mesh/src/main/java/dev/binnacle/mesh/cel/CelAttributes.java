package dev.binnacle.mesh.cel;

import dev.binnacle.mesh.schema.Spelling;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Envoy tells expressions about a request and its connection. */
final class CelAttributes {
    private static final Set<String> TLS = Set.of(
            "tls_version",
            "subject_local_certificate",
            "subject_peer_certificate",
            "dns_san_local_certificate",
            "dns_san_peer_certificate",
            "uri_san_local_certificate",
            "uri_san_peer_certificate",
            "sha256_peer_certificate_digest",
            "transport_failure_reason");

    private static final Map<String, Set<String>> KNOWN = Map.of(
            "request",
            Set.of(
                    "path",
                    "url_path",
                    "host",
                    "scheme",
                    "method",
                    "headers",
                    "referer",
                    "useragent",
                    "time",
                    "id",
                    "protocol",
                    "query",
                    "duration",
                    "size",
                    "total_size"),
            "response",
            Set.of(
                    "code",
                    "code_details",
                    "flags",
                    "grpc_status",
                    "headers",
                    "trailers",
                    "size",
                    "total_size",
                    "backend_latency"),
            "source",
            Set.of("address", "port"),
            "destination",
            Set.of("address", "port"),
            "connection",
            with(TLS, "id", "mtls", "requested_server_name", "termination_details"),
            "upstream",
            with(TLS, "address", "port", "local_address", "request_attempt_count", "locality"),
            "xds",
            Set.of("cluster_name", "listener_direction"));

    /** Attributes of which a mesh has few values, whoever calls. Of upstream and xds that holds for all. */
    private static final Set<String> BOUNDED = Set.of(
            "request.method",
            "request.scheme",
            "request.protocol",
            "response.code",
            "response.code_details",
            "response.flags",
            "response.grpc_status",
            "destination.address",
            "destination.port",
            "connection.mtls",
            "connection.tls_version",
            "connection.uri_san_local_certificate",
            "connection.dns_san_local_certificate",
            "connection.subject_local_certificate",
            "connection.uri_san_peer_certificate");

    private static final Set<String> NOT_HERE = Set.of(
            "metadata",
            "filter_state",
            "upstream_filter_state",
            "upstream_peer",
            "downstream_peer",
            "node",
            "plugin_name",
            "plugin_root_id",
            "listener_direction",
            "listener_metadata",
            "route_name",
            "route_metadata",
            "cluster_name",
            "cluster_metadata");

    private CelAttributes() {}

    /** Returns why an expression cannot say {@code root}. */
    static Optional<String> problem(String root) {
        if (KNOWN.containsKey(root)) {
            return Optional.empty();
        }
        return Optional.of(
                NOT_HERE.contains(root)
                        ? root
                                + " holds what Istio's own build of Envoy keeps there; the Envoy that runs here keeps other things"
                        : "there is no attribute " + root + suggestion(root, KNOWN.keySet()));
    }

    /** Returns why an expression cannot say {@code root.field}. */
    static Optional<String> problem(String root, String field) {
        var fields = KNOWN.getOrDefault(root, Set.of());
        if (fields.contains(field)) {
            return Optional.empty();
        }
        return Optional.of(
                root.equals("xds") && (field.equals("node") || field.endsWith("_metadata") || field.endsWith("_name"))
                        ? "xds." + field + " is not the same here as in a cluster"
                        : "there is no attribute " + root + "." + field + suggestion(field, fields));
    }

    /** Tells whether {@code root.field} has few values. */
    static boolean isBounded(String root, String field) {
        return root.equals("upstream") || root.equals("xds") || BOUNDED.contains(root + "." + field);
    }

    private static String suggestion(String name, Set<String> known) {
        return Spelling.nearest(name, known.stream().sorted().toList())
                .map(near -> "; perhaps " + near + " is meant")
                .orElse("");
    }

    private static Set<String> with(Set<String> all, String... more) {
        var result = new java.util.TreeSet<>(all);
        result.addAll(Set.of(more));
        return Set.copyOf(result);
    }
}
