package dev.binnacle.plugin.generator.grafana.json;

import java.util.LinkedHashMap;

/** An object of JSON, written in the order in which its fields are put. */
final class Tree extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    /** Returns this with one more field. */
    Tree with(String name, Object value) {
        put(name, value);
        return this;
    }

    /** Returns an object with one field. */
    static Tree of(String name, Object value) {
        return new Tree().with(name, value);
    }
}
