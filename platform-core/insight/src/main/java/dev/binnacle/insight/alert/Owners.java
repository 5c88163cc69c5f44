package dev.binnacle.insight.alert;

import dev.binnacle.insight.topology.Declared;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds whom labels are about. Only what is declared is somebody. */
public final class Owners {
    private final Set<String> workloads = new HashSet<>();
    private final Map<String, String> byApp = new HashMap<>();
    private final Map<String, String> hosts = new HashMap<>();

    public Owners(Declared declared) {
        declared.workloads().forEach(workload -> {
            workloads.add(id(workload.namespace(), workload.name()));
            byApp.put(
                    app(workload.namespace(), workload.app(), workload.version()),
                    id(workload.namespace(), workload.name()));
        });
        declared.services()
                .forEach(service -> hosts.put(service.host(), "service/" + service.namespace() + "/" + service.name()));
    }

    /** Returns a node's id in the topology: a workload's, or else a service's. */
    public Optional<String> of(Map<String, String> labels) {
        return workload(labels, IstioLabels.WORKLOAD_NAMESPACE, IstioLabels.WORKLOAD)
                .or(() -> host(labels.getOrDefault(IstioLabels.HOST, "")))
                .or(() -> workload(labels, IstioLabels.SOURCE_NAMESPACE, IstioLabels.SOURCE_WORKLOAD))
                .or(() -> Optional.ofNullable(byApp.get(app(
                        labels.getOrDefault("namespace", ""),
                        labels.getOrDefault("app", ""),
                        labels.getOrDefault("version", "")))));
    }

    /** Returns the id of the service that metrics call so. */
    public Optional<String> host(String host) {
        return Optional.ofNullable(hosts.get(host));
    }

    private Optional<String> workload(Map<String, String> labels, String namespace, String name) {
        return Optional.of(id(labels.getOrDefault(namespace, ""), labels.getOrDefault(name, "")))
                .filter(workloads::contains);
    }

    private static String id(String namespace, String name) {
        return "workload/" + namespace + "/" + name;
    }

    private static String app(String namespace, String app, String version) {
        return String.join("/", List.of(namespace, app, version));
    }
}
