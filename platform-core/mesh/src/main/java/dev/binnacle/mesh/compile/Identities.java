package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.topology.Pod;
import java.util.Map;

/** Who a pod is, by Istio's rules for labels. */
final class Identities {
    private static final String UNKNOWN = "unknown";

    private Identities() {}

    static Identity of(Pod pod) {
        var labels = pod.labels();
        return new Identity(
                pod.workload(),
                pod.namespace(),
                labels.getOrDefault("app", UNKNOWN),
                labels.getOrDefault("version", UNKNOWN),
                first(labels, pod.workload(), "service.istio.io/canonical-name", "app.kubernetes.io/name", "app"),
                first(labels, "latest", "service.istio.io/canonical-revision", "app.kubernetes.io/version", "version"));
    }

    private static String first(Map<String, String> labels, String otherwise, String... names) {
        for (String name : names) {
            if (labels.containsKey(name)) {
                return labels.get(name);
            }
        }
        return otherwise;
    }
}
