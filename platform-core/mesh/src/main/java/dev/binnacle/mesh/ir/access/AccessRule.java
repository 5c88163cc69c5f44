package dev.binnacle.mesh.ir.access;

import dev.binnacle.mesh.ir.Origin;
import java.util.List;

/**
 * A rule of a policy: it matches when all requirements of one of the operations and of one of the sources hold.
 *
 * @param name what the proxy calls it: {@code ns[default]-policy[x]-rule[0]}
 * @param operations alternatives; none match nothing
 * @param sources alternatives; none match nothing
 */
public record AccessRule(
        String name,
        Origin origin,
        List<List<Requirement<Operation>>> operations,
        List<List<Requirement<Source>>> sources) {
    public AccessRule {
        operations = List.copyOf(operations);
        sources = List.copyOf(sources);
    }

    /** Tells whether nothing matches it, whatever comes. */
    public boolean isNever() {
        return operations.isEmpty() || sources.isEmpty();
    }
}
