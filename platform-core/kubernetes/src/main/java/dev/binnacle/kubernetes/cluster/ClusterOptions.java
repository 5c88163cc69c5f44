package dev.binnacle.kubernetes.cluster;

import java.time.Duration;

/**
 * Where and how the platform looks.
 *
 * @param namespace the platform's own, in which objectives are
 * @param istioNamespace where the mesh configuration is
 * @param timeout how long the API server may take for an answer
 * @param pageSize how many objects a list asks for at a time
 * @param quiet how long nothing must have changed before changes are looked at
 */
public record ClusterOptions(String namespace, String istioNamespace, Duration timeout, int pageSize, Duration quiet) {}
