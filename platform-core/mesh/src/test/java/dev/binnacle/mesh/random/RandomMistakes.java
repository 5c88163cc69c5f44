package dev.binnacle.mesh.random;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Changes one place of a resource into something that is probably wrong. */
final class RandomMistakes {
    private final Pick pick;

    RandomMistakes(Pick pick) {
        this.pick = pick;
    }

    /** Returns the resource with a mistake in its spec. */
    Map<String, Object> in(Map<String, Object> resource) {
        var result = new LinkedHashMap<>(resource);
        result.put("spec", spoil(resource.get("spec")));
        return result;
    }

    private Object spoil(Object value) {
        return switch (value) {
            case Map<?, ?> map when !map.isEmpty() && pick.chance(88) -> spoilOne(map);
            case List<?> list when !list.isEmpty() && pick.chance(88) -> spoilOne(list);
            case Map<?, ?> map -> pick.of(new HashMap<>(), "text", with(map, "surplus", 1), List.of());
            case List<?> list -> list.isEmpty() || pick.chance(50) ? List.of() : twice(list);
            case Number number -> pick.of(0, -1, 1000, 70000, 2.5, "12");
            case String text ->
                pick.of(
                        "",
                        "*",
                        "Upper",
                        "a b",
                        "x_y",
                        "1.2.3.4",
                        "*.wild.test",
                        "a/b",
                        text + ".",
                        "-1s",
                        "[",
                        "1",
                        7,
                        "UNHEARD",
                        "a..b",
                        "x,y",
                        "99999h",
                        "~",
                        "*x",
                        "é",
                        "=");
            default -> pick.of("", 0, List.of());
        };
    }

    private Object spoilOne(Map<?, ?> map) {
        var keys = new ArrayList<>(map.keySet());
        Object key = pick.from(keys);
        var result = new LinkedHashMap<Object, Object>(map);
        switch (pick.between(0, 9)) {
            case 0 -> result.remove(key);
            case 1 -> {
                result.remove(key);
                result.put(pick.of(key + "s", "", "exact", "host", "port", "x y"), map.get(key));
            }
            default -> result.put(key, spoil(map.get(key)));
        }
        return isWithoutPort(result) ? map : result;
    }

    /** Ports without a number, or with the number 0, are refused here and nothing to Istio. */
    private static boolean isWithoutPort(Map<?, ?> map) {
        return Objects.equals(map.get("number"), 0)
                || Objects.equals(map.get("port"), Map.of())
                || Objects.equals(map.get("port"), 0);
    }

    private Object spoilOne(List<?> list) {
        var result = new ArrayList<Object>(list);
        int at = pick.between(0, list.size() - 1);
        result.set(at, spoil(list.get(at)));
        return result;
    }

    private static Object with(Map<?, ?> map, String key, Object value) {
        var result = new LinkedHashMap<Object, Object>(map);
        result.put(key, value);
        return result;
    }

    private static Object twice(List<?> list) {
        var result = new ArrayList<Object>(list);
        result.add(list.getFirst());
        return result;
    }
}
