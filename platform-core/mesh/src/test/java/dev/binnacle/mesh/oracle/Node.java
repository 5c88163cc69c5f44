package dev.binnacle.mesh.oracle;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** One mapping of the normal form; what says nothing is left out of it. */
final class Node extends TreeMap<String, Object> {
    private static final long serialVersionUID = 1L;

    /** Adds a value unless it is empty, zero or false. */
    Node with(String key, Object value) {
        boolean silent = switch (value) {
            case String text -> text.isEmpty();
            case Boolean flag -> !flag;
            case Number number -> number.longValue() == 0;
            case Collection<?> all -> all.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
        if (!silent) {
            put(key, value);
        }
        return this;
    }

    /** Returns the mapping under a key, made when there is none. */
    Node child(String key) {
        return (Node) computeIfAbsent(key, k -> new Node());
    }
}
