package dev.binnacle.mesh.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Takes out of a configuration what a difference does not need: whole resources first, then fields. */
final class Shrinker {
    private final Predicate<List<Map<String, Object>>> differs;
    private int tries;

    /**
     * Takes what tells whether resources still show the difference.
     *
     * @param tries how often that may be asked
     */
    Shrinker(Predicate<List<Map<String, Object>>> differs, int tries) {
        this.differs = differs;
        this.tries = tries;
    }

    List<Map<String, Object>> shrink(List<Map<String, Object>> resources) {
        var fewer = withoutResources(resources);
        for (int i = 0; i < fewer.size(); i++) {
            if (String.valueOf(fewer.get(i).get("apiVersion")).contains("istio.io/")) {
                fewer = withoutFields(fewer, i);
            }
        }
        return withoutResources(fewer);
    }

    private List<Map<String, Object>> withoutResources(List<Map<String, Object>> all) {
        var result = new ArrayList<>(all);
        for (int size = all.size() / 2; size > 0; size /= 2) {
            for (int at = result.size() - size; at >= 0; at -= size) {
                var fewer = new ArrayList<>(result);
                fewer.subList(at, at + size).clear();
                if (still(fewer)) {
                    result = fewer;
                }
            }
        }
        return result;
    }

    private List<Map<String, Object>> withoutFields(List<Map<String, Object>> all, int at) {
        var result = new ArrayList<>(all);
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (var candidate : smaller(result.get(at), 0)) {
                var fewer = new ArrayList<>(result);
                fewer.set(at, asResource(candidate));
                if (still(fewer)) {
                    result = fewer;
                    smaller = true;
                    break;
                }
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asResource(Object value) {
        return (Map<String, Object>) value;
    }

    private boolean still(List<Map<String, Object>> resources) {
        return tries-- > 0 && differs.test(resources);
    }

    /** Returns the value with one thing less, for each thing; the largest first. */
    private static List<Object> smaller(Object value, int depth) {
        return switch (value) {
            case Map<?, ?> map -> smaller(map, depth);
            case List<?> list -> smaller(list, depth);
            default -> List.of();
        };
    }

    private static List<Object> smaller(Map<?, ?> map, int depth) {
        var result = new ArrayList<>();
        if (depth > 0) {
            for (Object key : map.keySet()) {
                if (key.equals("protocol")) {
                    continue; // ports that do not tell it are a difference of their own
                }
                var fewer = new LinkedHashMap<Object, Object>(map);
                fewer.remove(key);
                result.add(fewer);
            }
        }
        map.forEach((key, nested) -> {
            if (depth == 0 && !"spec".equals(key)) {
                return;
            }
            for (Object less : smaller(nested, depth + 1)) {
                var changed = new LinkedHashMap<Object, Object>(map);
                changed.put(key, less);
                result.add(changed);
            }
        });
        return result;
    }

    private static List<Object> smaller(List<?> list, int depth) {
        var result = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            var fewer = new ArrayList<Object>(list);
            fewer.remove(i);
            result.add(fewer);
        }
        for (int i = 0; i < list.size(); i++) {
            for (Object less : smaller(list.get(i), depth + 1)) {
                var changed = new ArrayList<Object>(list);
                changed.set(i, less);
                result.add(changed);
            }
        }
        return result;
    }
}
