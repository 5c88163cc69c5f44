package dev.binnacle.mesh.ir;

import java.util.List;

/**
 * Where connections go.
 *
 * @param names what TLS clients ask for (SNI), perhaps with {@code *} in the place of the first label; empty for any
 * @param subnets where the connection was meant to go; empty for anywhere
 * @param targets one of them gets it
 * @param connections how it is passed on
 * @param origin the line that asked for it
 */
public record TcpRoute(
        List<String> names, List<String> subnets, List<Target> targets, TcpConnections connections, Origin origin) {
    /**
     * A share of the connections.
     *
     * @param weight relative to the sum of all weights
     */
    public record Target(String cluster, int weight) {}

    /** Returns that every connection goes to one cluster. */
    public static TcpRoute to(String cluster, TcpConnections connections, Origin origin) {
        return new TcpRoute(List.of(), List.of(), List.of(new Target(cluster, 1)), connections, origin);
    }

    /** Tells whether every connection is meant. */
    public boolean takesEverything() {
        return names.isEmpty() && subnets.isEmpty();
    }
}
