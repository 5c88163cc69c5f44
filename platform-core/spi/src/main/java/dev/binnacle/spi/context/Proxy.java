package dev.binnacle.spi.context;

import java.net.URI;

/**
 * One Envoy of the mesh.
 *
 * @param pod the pod's name
 * @param namespace the pod's namespace
 * @param workload the Deployment's name
 * @param admin the base URL of its read-only admin endpoint, without a path, for example {@code http://127.16.16.1:15000}
 */
public record Proxy(String pod, String namespace, String workload, URI admin) {}
