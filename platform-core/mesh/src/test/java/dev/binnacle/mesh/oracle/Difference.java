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
 * @param above what Istio says on the way there, the whole of it first
 */
record Difference(String path, String istio, String binnacle, List<Object> above) {
    static final String SEPARATOR = " > ";

    /** Returns every place where two normal forms differ: the smallest ones. */
    static List<Difference> between(Object istio, Object binnacle) {
        var result = new ArrayList<Difference>();
        compare("", istio, binnacle, List.of(istio), result);
        return List.copyOf(result);
    }

    private static void compare(
            String path, Object istio, Object binnacle, List<Object> above, List<Difference> found) {
        if (istio instanceof Map<?, ?> a && binnacle instanceof Map<?, ?> b) {
            var keys = new TreeSet<String>();
            a.keySet().forEach(key -> keys.add(String.valueOf(key)));
            b.keySet().forEach(key -> keys.add(String.valueOf(key)));
            keys.forEach(key -> compare(below(path, key), a.get(key), b.get(key), deeper(above, a.get(key)), found));
        } else if (istio instanceof List<?> a && binnacle instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                compare(below(path, String.valueOf(i)), a.get(i), b.get(i), deeper(above, a.get(i)), found);
            }
        } else if (!Objects.equals(String.valueOf(istio), String.valueOf(binnacle))) {
            found.add(new Difference(path, text(istio), text(binnacle), above));
        }
    }

    /** Returns what it has in common with others of its kind: where it is, without names, and who says nothing. */
    String kind() {
        var keys = path.split(SEPARATOR, -1);
        String part = keys[0].equals("proxies") && keys.length > 2 ? keys[2] : keys[0];
        String resource = keys[0].equals("rejected") ? keys[1].replaceFirst(" .*", "") : "";
        String last = keys[keys.length - 1].replaceAll("[^a-zA-Z].*|.*[|.:].*", "*");
        String silent = istio.equals("nothing") ? "only Binnacle" : binnacle.equals("nothing") ? "only Istio" : "both";
        return String.join(" ", part, resource.isEmpty() ? last : resource, silent);
    }

    private static List<Object> deeper(List<Object> above, Object next) {
        var result = new ArrayList<>(above);
        result.add(next == null ? "nothing" : next);
        return List.copyOf(result);
    }

    /** Returns what Istio says after so many keys of the path. */
    Object saidAt(int keys) {
        return above.get(keys);
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
