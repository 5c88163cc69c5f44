package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.istio.Member;
import dev.binnacle.mesh.topology.Pod;
import java.util.Map;

/** Who a pod is, by Istio's rules for labels. */
final class Identities {
    private static final String UNKNOWN = "unknown";

    private Identities() {}

    static Identity of(Pod pod) {
        return of(pod.workload(), pod.namespace(), pod.labels());
    }

    /** Something that is no pod goes by the name of what describes it. */
    static Identity of(Member member, String namespace) {
        return of(member.name(), namespace, member.labels());
    }

    private static Identity of(String workload, String namespace, Map<String, String> labels) {
        return new Identity(
                workload,
                namespace,
                labels.getOrDefault("app", UNKNOWN),
                labels.getOrDefault("version", UNKNOWN),
                first(labels, workload, "service.istio.io/canonical-name", "app.kubernetes.io/name", "app"),
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
