package dev.binnacle.mesh.ir.access;

import java.util.List;

/**
 * All that a proxy asks of what comes in.
 *
 * @param tokens what it asks of tokens, before anything else
 * @param requests what it asks of HTTP requests, one after the other
 * @param connections what it asks of other connections, one after the other
 */
public record Guard(List<TokenRule> tokens, List<Access> requests, List<Access> connections) {
    /** Lets everything in. */
    public static final Guard OPEN = new Guard(List.of(), List.of(), List.of());

    public Guard {
        tokens = List.copyOf(tokens);
        requests = List.copyOf(requests);
        connections = List.copyOf(connections);
    }
}
