package dev.binnacle.mesh.xds;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.ServiceName;
import dev.binnacle.mesh.ir.StandardLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The labels of Istio's standard metrics (facts F1), each with the operator by which Envoy's stats access logger finds its
 * value. What is unknown says {@code unknown}, through a literal held in the listener's metadata.
 */
final class StatsTags {
    /** A peer's labels after the prefix, and the key its value has in endpoint metadata and in filter state. */
    static final Map<String, String> PEER_KEYS = peerKeys();

    /** The name that Istio gives the cluster it runs in when nobody named it otherwise. */
    static final String CLUSTER = "Kubernetes";

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Map<String, String> values;

    private StatsTags(Map<String, String> values) {
        this.values = values;
    }

    /** Returns the labels that a client's proxy reports. */
    static StatsTags client(Identity self) {
        return client(self, List.of(metadata("CLUSTER:istio:host"), request(":authority")));
    }

    /** Returns the labels that a gateway reports: it never takes a destination from the Host header. */
    static StatsTags gateway(Identity self) {
        return client(self, List.of(metadata("CLUSTER:istio:host")));
    }

    private static StatsTags client(Identity self, List<Map<String, String>> host) {
        var tags = own("source", self);
        tags.put("reporter", "source");
        tags.put("source_principal", coalesce(List.of(operator("UPSTREAM_LOCAL_URI_SAN"))));
        PEER_KEYS.forEach((label, key) ->
                tags.put("destination_" + label, coalesce(List.of(metadata("UPSTREAM_HOST:istio:" + key)))));
        tags.put("destination_principal", coalesce(List.of(operator("UPSTREAM_PEER_URI_SAN"))));
        tags.put("destination_service", coalesce(host));
        tags.put(
                "destination_service_name",
                coalesce(List.of(metadata("CLUSTER:istio:name"), metadata("ROUTE:istio:name"))));
        tags.put("destination_service_namespace", coalesce(List.of(metadata("CLUSTER:istio:namespace"))));
        tags.put("connection_security_policy", "unknown");
        return new StatsTags(tags);
    }

    /** Returns the labels that a server's proxy reports for connections with mutual TLS. */
    static StatsTags server(Identity self, ServiceName service) {
        var tags = destination(self, service);
        PEER_KEYS.forEach((label, key) -> tags.put(
                "source_" + label, coalesce(List.of(command("FILTER_STATE", PeerIdentity.KEY + key + ":PLAIN")))));
        tags.put("connection_security_policy", "mutual_tls");
        return new StatsTags(tags);
    }

    /** Returns the labels that a server's proxy reports for plaintext: the peer is who its headers say it is. */
    static StatsTags plaintextServer(Identity self, ServiceName service) {
        var tags = destination(self, service);
        PEER_KEYS.forEach((label, key) -> tags.put(
                "source_" + label, coalesce(List.of(command("DYNAMIC_METADATA", PeerIdentity.NAMESPACE + ":" + key)))));
        tags.put("connection_security_policy", "none");
        return new StatsTags(tags);
    }

    private static Map<String, String> destination(Identity self, ServiceName service) {
        var tags = own("destination", self);
        tags.put("reporter", "destination");
        tags.put("destination_service", service.host());
        tags.put("destination_service_name", service.name());
        tags.put("destination_service_namespace", service.namespace());
        tags.put("source_principal", coalesce(List.of(operator("DOWNSTREAM_PEER_URI_SAN"))));
        tags.put("destination_principal", coalesce(List.of(operator("DOWNSTREAM_LOCAL_URI_SAN"))));
        return tags;
    }

    /** Returns these labels with those of an HTTP request. */
    StatsTags http(String protocol) {
        var tags = new LinkedHashMap<>(values);
        tags.put("request_protocol", protocol);
        tags.put("response_code", "%RESPONSE_CODE%");
        tags.put("response_flags", "%RESPONSE_FLAGS%");
        if (protocol.equals("grpc")) {
            tags.put("grpc_response_status", "%GRPC_STATUS_NUMBER%");
        }
        return new StatsTags(tags);
    }

    /** Returns these labels with those of a TCP connection. */
    StatsTags tcp() {
        var tags = new LinkedHashMap<>(values);
        tags.put("request_protocol", "tcp");
        tags.put("response_flags", "%RESPONSE_FLAGS%");
        return new StatsTags(tags);
    }

    /** Returns the labels with some replaced, added or removed, by expressions of CEL. */
    StatsTags changed(Map<String, Optional<String>> changes) {
        var tags = new LinkedHashMap<>(values);
        changes.forEach((name, expression) -> {
            tags.remove(name);
            expression.ifPresent(cel -> tags.put(name, coalesce(List.of(command("CEL", cel)))));
        });
        return new StatsTags(tags);
    }

    /** Returns the labels in Istio's order, others after them, as the logger's configuration has them. */
    List<Map<String, String>> asConfig() {
        var others = values.keySet().stream()
                .filter(name -> !StandardLabels.IN_ORDER.contains(name))
                .sorted();
        return Stream.concat(StandardLabels.IN_ORDER.stream().filter(values::containsKey), others)
                .map(name -> Map.of("name", name, "value_format", values.get(name)))
                .toList();
    }

    private static Map<String, String> own(String side, Identity self) {
        var tags = new LinkedHashMap<String, String>();
        tags.put(side + "_workload", self.workload());
        tags.put(side + "_workload_namespace", self.namespace());
        tags.put(side + "_app", self.app());
        tags.put(side + "_version", self.version());
        tags.put(side + "_canonical_service", self.canonicalService());
        tags.put(side + "_canonical_revision", self.canonicalRevision());
        tags.put(side + "_cluster", CLUSTER);
        return tags;
    }

    private static Map<String, String> peerKeys() {
        var result = new LinkedHashMap<String, String>();
        result.put("workload", "workload");
        result.put("workload_namespace", "namespace");
        result.put("app", "app");
        result.put("version", "version");
        result.put("canonical_service", "canonical_service");
        result.put("canonical_revision", "canonical_revision");
        result.put("cluster", "cluster");
        return result;
    }

    /** The first operator that gives something, else {@code unknown}. */
    private static String coalesce(List<Map<String, String>> operators) {
        var all = new ArrayList<Object>(operators);
        all.add(metadata("LISTENER:istio:unknown"));
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("operators", all);
        return "%COALESCE(" + GSON.toJson(arguments) + ")%";
    }

    private static Map<String, String> metadata(String parameter) {
        return command("METADATA", parameter);
    }

    private static Map<String, String> request(String header) {
        return command("REQ", header);
    }

    private static Map<String, String> command(String command, String parameter) {
        var result = new LinkedHashMap<String, String>();
        result.put("command", command);
        result.put("param", parameter);
        return result;
    }

    private static Map<String, String> operator(String command) {
        return Map.of("command", command);
    }
}
