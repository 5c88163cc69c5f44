package dev.binnacle.kubernetes.apply;

import dev.binnacle.kubernetes.cluster.ClusterKind;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object that a generator's file has become.
 *
 * @param generator who made it
 * @param body everything beside apiVersion, kind and metadata
 */
record GeneratedObject(
        String generator,
        ClusterKind kind,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, Object> body) {
    static final ClusterKind PROMETHEUS_RULE =
            new ClusterKind("monitoring.coreos.com", "v1", "prometheusrules", "PrometheusRule");
    static final ClusterKind CONFIG_MAP = new ClusterKind("", "v1", "configmaps", "ConfigMap");

    GeneratedObject {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        body = Collections.unmodifiableMap(new TreeMap<>(body));
    }

    /** Returns what tells it from others of the namespace. */
    String id() {
        return kind.kind() + " " + name;
    }
}
