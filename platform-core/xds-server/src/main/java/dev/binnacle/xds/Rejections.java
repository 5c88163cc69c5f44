package dev.binnacle.xds;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a proxy refused of one type. Confined to the server's thread. */
final class Rejections {
    private final Map<String, Rejection> byName = new TreeMap<>();

    boolean isEmpty() {
        return byName.isEmpty();
    }

    void add(Rejection rejection) {
        byName.put(rejection.resource().name(), rejection);
    }

    void remove(String name) {
        byName.remove(name);
    }

    void removeIf(Predicate<String> names) {
        byName.keySet().removeIf(names);
    }

    void retain(Set<String> names) {
        byName.keySet().retainAll(names);
    }

    /** Tells whether exactly this version was refused. */
    boolean contain(String name, String version) {
        var rejection = byName.get(name);
        return rejection != null && rejection.version().equals(version);
    }

    /** Returns the refusals that stand: the refused version is still the wanted one. */
    List<Rejection> standing(ResourceSet wanted) {
        return byName.isEmpty()
                ? List.of()
                : byName.values().stream()
                        .filter(r ->
                                r.version().equals(wanted.versionOf(r.resource().name())))
                        .toList();
    }
}
