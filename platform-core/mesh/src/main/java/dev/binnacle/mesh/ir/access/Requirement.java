package dev.binnacle.mesh.ir.access;

import java.util.List;

/**
 * One of some things holds.
 *
 * @param <T> what they are about: an {@link Operation} or a {@link Source}
 * @param inverted whether none of them may hold instead
 * @param anyOf at least one
 */
public record Requirement<T>(boolean inverted, List<T> anyOf) {
    public Requirement {
        anyOf = List.copyOf(anyOf);
        if (anyOf.isEmpty()) {
            throw new IllegalArgumentException("a requirement without alternatives");
        }
    }
}
