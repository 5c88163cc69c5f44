package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What manifests say about services, their versions and the labels that somebody has added to the metrics. */
final class MeshInventory {
    private static final String NAMESPACE = "default";
    private static final String CLUSTER = ".svc.cluster.local";

    private final TreeMap<String, Selection> services = new TreeMap<>();
    private final List<Selection> versions = new ArrayList<>();
    private final SortedSet<String> tags = new TreeSet<>();

    /** Labels in a namespace: those that a service selects, or those of a pod. */
    private record Selection(String namespace, Map<String, String> labels) {}

    /** Returns what the metrics call a service that a document calls {@code name}: short, with its namespace, or in full. */
    Optional<String> host(String name) {
        return List.of(name, name + CLUSTER, name + "." + NAMESPACE + CLUSTER).stream()
                .filter(services::containsKey)
                .findFirst();
    }

    /** Returns the names by which services can be called. */
    List<String> names() {
        return services.keySet().stream()
                .map(host -> host.endsWith(CLUSTER) ? host.substring(0, host.length() - CLUSTER.length()) : host)
                .toList();
    }

    /** Returns the versions of the pods behind a host. */
    SortedSet<String> versions(String host) {
        var found = new TreeSet<String>();
        var service = services.get(host);
        for (var pod : versions) {
            if (service != null
                    && pod.namespace().equals(service.namespace())
                    && !service.labels().isEmpty()
                    && pod.labels().entrySet().containsAll(service.labels().entrySet())) {
                found.add(pod.labels().getOrDefault("version", ""));
            }
        }
        found.remove("");
        return found;
    }

    /** Returns the labels that Telemetry resources add to metrics. */
    SortedSet<String> tags() {
        return tags;
    }

    /** Adds what a document says; what is wrong with it is for others to say. */
    void add(Section document) {
        var metadata = document.section("metadata");
        String namespace = metadata.text("namespace", NAMESPACE);
        var spec = document.section("spec");
        switch (document.text("kind", "")) {
            case "Service" -> {
                if (document.text("apiVersion", "").equals("v1")) {
                    services.put(
                            metadata.text("name", "") + "." + namespace + CLUSTER,
                            new Selection(namespace, spec.section("selector").map()));
                }
            }
            case "ServiceEntry" ->
                spec.texts("hosts").forEach(host -> services.put(host, new Selection(namespace, Map.of())));
            case "Deployment", "StatefulSet", "DaemonSet" ->
                versions.add(new Selection(
                        namespace,
                        spec.section("template")
                                .section("metadata")
                                .section("labels")
                                .map()));
            case "Telemetry" ->
                spec.sections("metrics")
                        .forEach(metrics -> metrics.sections("overrides")
                                .forEach(override -> tags.addAll(
                                        override.section("tagOverrides").keys())));
            default -> {
                // Says nothing about services.
            }
        }
    }
}
