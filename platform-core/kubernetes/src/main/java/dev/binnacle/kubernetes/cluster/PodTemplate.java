package dev.binnacle.kubernetes.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of pods matters to a mesh.
 *
 * @param labels what services and policies select by
 * @param annotations those that say whether and how a sidecar is injected
 * @param serviceAccount its name
 * @param ports that containers say they have: number and name, empty for none
 */
record PodTemplate(
        Map<String, String> labels,
        Map<String, String> annotations,
        String serviceAccount,
        Map<Integer, String> ports) {
    /** What differs between the pods of one workload. */
    private static final Set<String> OF_ONE_POD = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "pod-template-generation",
            "controller-uid",
            "batch.kubernetes.io/controller-uid");

    private static final Set<String> INJECTION = Set.of("sidecar.istio.io/inject", "inject.istio.io/templates");
    private static final String PROXY = "istio-proxy";

    PodTemplate {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        ports = Map.copyOf(ports);
    }

    /**
     * Reads a template, or a pod.
     *
     * @param metadata of it
     * @param spec of it
     */
    static PodTemplate of(Fields metadata, Fields spec) {
        var labels = new TreeMap<>(metadata.texts("labels"));
        labels.keySet().removeAll(OF_ONE_POD);
        var annotations = new TreeMap<>(metadata.texts("annotations"));
        annotations.keySet().retainAll(INJECTION);
        return new PodTemplate(labels, annotations, spec.text("serviceAccountName", "default"), ports(spec));
    }

    /** Returns it as a Deployment, which is how the mesh knows workloads. */
    Map<String, Object> asDeployment(String namespace, String name) {
        var container = new LinkedHashMap<String, Object>();
        container.put("name", "application");
        container.put("image", "application");
        container.put("ports", writtenPorts());
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("labels", new TreeMap<>(labels));
        metadata.put("annotations", new TreeMap<>(annotations));
        var document = new LinkedHashMap<String, Object>();
        document.put("apiVersion", "apps/v1");
        document.put("kind", "Deployment");
        document.put("metadata", new TreeMap<>(Map.of("name", name, "namespace", namespace)));
        document.put(
                "spec",
                new TreeMap<>(Map.of(
                        "replicas",
                        1,
                        "selector",
                        Map.of("matchLabels", new TreeMap<>(labels)),
                        "template",
                        new TreeMap<>(Map.of(
                                "metadata",
                                metadata,
                                "spec",
                                new TreeMap<>(Map.of(
                                        "serviceAccountName", serviceAccount, "containers", List.of(container))))))));
        return document;
    }

    private List<Map<String, Object>> writtenPorts() {
        var written = new ArrayList<Map<String, Object>>();
        new TreeMap<>(ports).forEach((number, name) -> {
            var port = new TreeMap<String, Object>(Map.of("containerPort", number));
            if (!name.isEmpty()) {
                port.put("name", name);
            }
            written.add(port);
        });
        return written;
    }

    /** The sidecar's own ports are none of the application's; a gateway is all proxy. */
    private static Map<Integer, String> ports(Fields spec) {
        var containers = spec.list("containers");
        var applications = containers.stream()
                .filter(container -> !container.text("name", "").equals(PROXY))
                .toList();
        var found = new TreeMap<Integer, String>();
        var names = new TreeSet<String>();
        for (var container : applications.isEmpty() ? containers : applications) {
            for (var port : container.list("ports")) {
                String name = port.text("name", "");
                if (port.text("protocol", "TCP").equals("TCP") && port.number("containerPort") > 0) {
                    found.putIfAbsent(port.number("containerPort"), names.add(name) ? name : "");
                }
            }
        }
        return found;
    }
}
