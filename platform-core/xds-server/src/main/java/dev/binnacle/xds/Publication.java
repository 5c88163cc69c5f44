package dev.binnacle.xds;

import java.util.Map;
import java.util.Set;

/**
 * What one {@link XdsServer#publish} changed.
 *
 * @param generation counts publications of this server, from 1
 * @param changes by node id, only nodes for which something changed
 */
public record Publication(long generation, Map<String, Set<ResourceId>> changes) {
    public Publication {
        changes = Map.copyOf(changes);
    }
}
