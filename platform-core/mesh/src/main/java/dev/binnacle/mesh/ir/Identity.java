package dev.binnacle.mesh.ir;

/**
 * What metrics and certificates say about a pod.
 *
 * @param workload the Deployment's name
 * @param app the label {@code app}, or {@code unknown}
 * @param version the label {@code version}, or {@code unknown}
 * @param canonicalService Istio's canonical service name
 * @param canonicalRevision Istio's canonical revision, {@code latest} when no label tells one
 */
public record Identity(
        String workload,
        String namespace,
        String app,
        String version,
        String canonicalService,
        String canonicalRevision) {}
