package dev.binnacle.mesh.random;

import java.util.List;

/**
 * A host that rules can be about.
 *
 * @param name as its own namespace calls it
 * @param host fully qualified
 * @param versions of the pods behind it
 */
record RandomHost(String name, String namespace, String host, List<Port> ports, List<String> versions) {
    /** A port and what it carries: {@code http}, {@code tcp} or {@code tls}. */
    record Port(int number, String name, String carries) {}

    /** Returns the host as a resource in a namespace may write it. */
    String writtenIn(String other, Pick pick) {
        boolean isShort = host.endsWith(".svc.cluster.local") && other.equals(namespace) && pick.chance(50);
        return isShort ? name : host;
    }

    boolean carries(String what) {
        return ports.stream().anyMatch(port -> port.carries().equals(what));
    }
}
