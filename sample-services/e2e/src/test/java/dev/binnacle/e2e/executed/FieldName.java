package dev.binnacle.e2e.executed;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of a kind of resource.
 *
 * @param path as in {@code docs/istio-support.md}: {@code spec.http[].match[].headers.*.exact}
 */
record FieldName(String kind, String path) implements Comparable<FieldName> {
    /** Returns the fields that a text like {@code Kind some.{one,other}.path} names. */
    static List<FieldName> parse(String text) {
        int space = text.indexOf(' ');
        String kind = text.substring(0, space);
        return alternatives(text.substring(space + 1))
                .map(path -> new FieldName(kind, path))
                .toList();
    }

    private static Stream<String> alternatives(String path) {
        int open = path.indexOf('{');
        if (open < 0) {
            return Stream.of(path);
        }
        int close = path.indexOf('}', open);
        return Stream.of(path.substring(open + 1, close).split(",", -1))
                .flatMap(word -> alternatives(path.substring(0, open) + word.strip() + path.substring(close + 1)));
    }

    /** Tells whether this is a section or a list that {@code other} is a part of. */
    boolean holds(FieldName other) {
        return kind.equals(other.kind) && (other.path.startsWith(path + ".") || other.path.startsWith(path + "["));
    }

    /** Tells whether a resource, as YAML reads it, has this field. */
    boolean isIn(Map<String, Object> resource) {
        return kind.equals(resource.get("kind")) && isIn(resource, path);
    }

    private static boolean isIn(@Nullable Object node, String rest) {
        if (rest.isEmpty()) {
            return node != null;
        }
        if (rest.startsWith("[]")) {
            String inner = rest.substring(rest.startsWith("[].") ? 3 : 2);
            return node instanceof List<?> list && list.stream().anyMatch(item -> isIn(item, inner));
        }
        int end = Stream.of(rest.indexOf('.'), rest.indexOf('['))
                .filter(at -> at >= 0)
                .min(Integer::compare)
                .orElse(rest.length());
        String name = rest.substring(0, end);
        String inner = rest.startsWith(".", end) ? rest.substring(end + 1) : rest.substring(end);
        return node instanceof Map<?, ?> map
                && (name.equals("*")
                        ? map.values().stream().anyMatch(value -> isIn(value, inner))
                        : map.containsKey(name) && isIn(map.get(name), inner));
    }

    @Override
    public int compareTo(FieldName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind + " " + path;
    }
}
