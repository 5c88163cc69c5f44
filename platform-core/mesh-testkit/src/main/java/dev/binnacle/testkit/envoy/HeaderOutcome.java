package dev.binnacle.testkit.envoy;

import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What becomes of headers: Envoy removes first, then sets, then adds. Values with operators stay as they are written. */
public final class HeaderOutcome {
    private final Map<String, List<String>> values = new TreeMap<>();
    private final Set<String> changed = new TreeSet<>();

    private HeaderOutcome(Map<String, String> headers) {
        headers.forEach((name, value) -> values.put(lower(name), List.of(value)));
    }

    /** Returns the headers of a route's only destination: both changes are one. */
    public static HeaderOutcome together(Map<String, String> headers, Operations route, Operations destination) {
        var result = new HeaderOutcome(headers);
        result.remove(route);
        result.remove(destination);
        result.set(route);
        result.set(destination);
        result.add(route);
        result.add(destination);
        return result;
    }

    /** Returns the headers of one of several destinations: its own changes come first. */
    public static HeaderOutcome oneOfSeveral(Map<String, String> headers, Operations route, Operations destination) {
        var result = new HeaderOutcome(headers);
        for (var operations : List.of(destination, route)) {
            result.remove(operations);
            result.set(operations);
            result.add(operations);
        }
        return result;
    }

    /** Returns the values of a header, in order. */
    public List<String> of(String name) {
        return values.getOrDefault(lower(name), List.of());
    }

    /** Returns the names of headers whose value is known to be changed; Envoy works out what operators stand for. */
    public Set<String> changed() {
        var result = new TreeSet<>(changed);
        result.removeIf(name -> name.equals("host") || of(name).stream().anyMatch(value -> value.contains("%")));
        return result;
    }

    private void remove(Operations operations) {
        operations.remove().forEach(name -> values.remove(noted(name)));
    }

    private void set(Operations operations) {
        operations.set().forEach((name, value) -> values.put(noted(name), List.of(value)));
    }

    private void add(Operations operations) {
        operations.add().forEach((name, value) -> {
            var all = new ArrayList<>(of(name));
            all.add(value);
            values.put(noted(name), all);
        });
    }

    private String noted(String name) {
        changed.add(lower(name));
        return lower(name);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
