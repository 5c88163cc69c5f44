package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource as maps and lists that can be changed, whose scalars stay as they were written. */
final class Tree {
    private Tree() {}

    static Map<String, Object> of(YamlNode.Mapping mapping) {
        var map = new LinkedHashMap<String, Object>();
        mapping.entries().forEach(entry -> map.put(entry.key(), value(entry.value())));
        return map;
    }

    private static Object value(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> of(mapping);
            case YamlNode.Sequence sequence -> {
                var list = new ArrayList<Object>();
                sequence.items().forEach(item -> list.add(value(item)));
                yield list;
            }
            case YamlNode.Scalar scalar -> scalar;
        };
    }

    /** Returns the same, apart from it. */
    static Object copy(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, inner) -> copy.put((String) key, copy(inner)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(inner -> copy.add(copy(inner)));
                yield copy;
            }
            default -> value;
        };
    }

    /** Returns the mapping of a field, which is made where it is not there. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> of, String field) {
        if (!(of.get(field) instanceof Map<?, ?>)) {
            of.put(field, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) of.get(field);
    }

    /** Returns the list of a field, which is made where it is not there. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> of, String field) {
        if (!(of.get(field) instanceof List<?>)) {
            of.put(field, new ArrayList<>());
        }
        return (List<Object>) of.get(field);
    }

    /** Returns an item of a list, which is a mapping. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> item(List<Object> list, int index) {
        return (Map<String, Object>) list.get(index);
    }

    /** Returns the text of a field; null when there is none. */
    static @Nullable String text(Map<String, Object> of, String field) {
        return switch (of.get(field)) {
            case YamlNode.Scalar scalar when !scalar.isNull() -> scalar.text();
            case String text -> text;
            case null, default -> null;
        };
    }
}
