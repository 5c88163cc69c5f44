package dev.binnacle.local.ca;

import dev.binnacle.mesh.topology.Pod;

/**
 * What a certificate says about its holder.
 *
 * @param app the pod label {@code app}, else the workload's name
 * @param version the pod label {@code version}, else {@code latest}, Istio's canonical revision of a workload without one
 * @param spiffe the URI that other sidecars check
 */
public record WorkloadIdentity(String namespace, String app, String version, String workload, String spiffe) {
    /** Returns the identity of {@code pod}. */
    public static WorkloadIdentity of(Pod pod, String trustDomain) {
        return new WorkloadIdentity(
                pod.namespace(),
                pod.labels().getOrDefault("app", pod.workload()),
                pod.labels().getOrDefault("version", "latest"),
                pod.workload(),
                pod.spiffe(trustDomain));
    }
}
