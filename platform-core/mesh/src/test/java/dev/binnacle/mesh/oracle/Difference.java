package dev.binnacle.mesh.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A place where Istio and Binnacle say different things.
 *
 * @param path keys from the proxy down, joined by {@code " > "}
 */
record Difference(String path, String istio, String binnacle) {
    static final String SEPARATOR = " > ";

    /** Returns every place where two normal forms differ: the smallest ones. */
    static List<Difference> between(Object istio, Object binnacle) {
        var result = new ArrayList<Difference>();
        compare("", istio, binnacle, result);
        return List.copyOf(result);
    }

    private static void compare(String path, Object istio, Object binnacle, List<Difference> found) {
        if (istio instanceof Map<?, ?> a && binnacle instanceof Map<?, ?> b) {
            var keys = new TreeSet<String>();
            a.keySet().forEach(key -> keys.add(String.valueOf(key)));
            b.keySet().forEach(key -> keys.add(String.valueOf(key)));
            keys.forEach(key -> compare(below(path, key), a.get(key), b.get(key), found));
        } else if (istio instanceof List<?> a && binnacle instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                compare(below(path, String.valueOf(i)), a.get(i), b.get(i), found);
            }
        } else if (!Objects.equals(String.valueOf(istio), String.valueOf(binnacle))) {
            found.add(new Difference(path, text(istio), text(binnacle)));
        }
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + SEPARATOR + key;
    }

    private static String text(Object value) {
        return value == null ? "nothing" : String.valueOf(value);
    }

    @Override
    public String toString() {
        return path + "\n      Istio:    " + istio + "\n      Binnacle: " + binnacle;
    }
}
