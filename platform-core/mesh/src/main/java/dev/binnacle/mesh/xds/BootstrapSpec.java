package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.topology.Pod;

/**
 * What a pod's Envoy must know before it reaches the control plane.
 *
 * @param pod the pod
 * @param trustDomain the SPIFFE trust domain
 * @param xdsAddress where the control plane listens, in plaintext
 * @param xdsPort its port
 * @param adminSocketPath the Unix socket of Envoy's admin interface, at most 107 bytes
 */
public record BootstrapSpec(Pod pod, String trustDomain, String xdsAddress, int xdsPort, String adminSocketPath) {
    private static final int LONGEST_SOCKET_PATH = 107;

    public BootstrapSpec {
        if (adminSocketPath.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
            throw new IllegalArgumentException(
                    "a Unix socket's path may have " + LONGEST_SOCKET_PATH + " bytes, got " + adminSocketPath);
        }
    }
}
