package dev.binnacle.mesh.ir.access;

import java.util.List;

/**
 * All that a proxy asks of what comes in.
 *
 * @param requests what it asks of HTTP requests, one after the other
 * @param connections what it asks of other connections, one after the other
 */
public record Guard(List<Access> requests, List<Access> connections) {
    /** Lets everything in. */
    public static final Guard OPEN = new Guard(List.of(), List.of());

    public Guard {
        requests = List.copyOf(requests);
        connections = List.copyOf(connections);
    }
}
