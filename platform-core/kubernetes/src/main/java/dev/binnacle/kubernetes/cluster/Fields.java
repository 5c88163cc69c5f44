package dev.binnacle.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A mapping of an object, whatever may be missing in it. */
record Fields(Map<?, ?> map) {
    static Fields of(@Nullable Object value) {
        return new Fields(value instanceof Map<?, ?> map ? map : Map.of());
    }

    /** Returns what an object has beside its metadata. */
    static Fields of(GenericKubernetesResource object) {
        return new Fields(object.getAdditionalProperties());
    }

    Fields section(String name) {
        return of(map.get(name));
    }

    List<Fields> list(String name) {
        return map.get(name) instanceof List<?> items
                ? items.stream().map(Fields::of).toList()
                : List.of();
    }

    String text(String name, String otherwise) {
        return map.get(name) instanceof String text ? text : otherwise;
    }

    int number(String name) {
        return map.get(name) instanceof Number number ? number.intValue() : 0;
    }

    boolean flag(String name, boolean otherwise) {
        return map.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    Map<String, String> texts(String name) {
        var texts = new TreeMap<String, String>();
        section(name).map.forEach((key, value) -> {
            if (key instanceof String text && value instanceof String written) {
                texts.put(text, written);
            }
        });
        return texts;
    }
}
