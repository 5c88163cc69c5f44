package dev.binnacle.mesh.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds what has the labels that a host selects. A large mesh asks that for every host and every pod, so it is looked up
 * by label and remembered.
 */
final class Behind<T> {
    /** A label in a namespace. */
    private record Label(String namespace, String name, String value) {}

    private final List<T> all;
    private final Function<T, String> namespace;
    private final Function<T, Map<String, String>> labels;
    private final Map<Label, List<T>> byLabel = new HashMap<>();
    private final Map<String, List<T>> found = new ConcurrentHashMap<>();

    Behind(List<T> all, Function<T, String> namespace, Function<T, Map<String, String>> labels) {
        this.all = all;
        this.namespace = namespace;
        this.labels = labels;
        for (T each : all) {
            labels.apply(each)
                    .forEach((name, value) -> byLabel.computeIfAbsent(
                                    new Label(namespace.apply(each), name, value), key -> new ArrayList<>())
                            .add(each));
        }
    }

    /** Returns what is behind the host, in the order in which it was given. */
    List<T> behind(MeshHost host) {
        return found.computeIfAbsent(host.namespace() + "/" + host.host(), key -> find(host));
    }

    private List<T> find(MeshHost host) {
        return fewest(host).stream()
                .filter(each -> host.selects(namespace.apply(each), labels.apply(each)))
                .toList();
    }

    /** Returns those that have the rarest of the labels. */
    private List<T> fewest(MeshHost host) {
        if (host.selector().isEmpty()) {
            return List.of();
        }
        List<T> fewest = all;
        for (var label : host.selector().get().entrySet()) {
            List<T> having =
                    byLabel.getOrDefault(new Label(host.namespace(), label.getKey(), label.getValue()), List.of());
            fewest = having.size() < fewest.size() ? having : fewest;
        }
        return fewest;
    }
}
