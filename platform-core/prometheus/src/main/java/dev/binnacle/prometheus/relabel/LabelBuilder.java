package dev.binnacle.prometheus.relabel;

import dev.binnacle.spi.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Labels that are being changed; a series' name is the label {@code __name__}. For one thread.
 *
 * <p>They are gone through as Prometheus does: first those that were there, by name, then those that were set, in the order in which
 * they first were. That decides which value stays when {@code labelmap} gives two labels one name.
 */
public final class LabelBuilder {
    private final TreeMap<String, String> base;
    private final Map<String, String> added = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();

    public LabelBuilder(Map<String, String> base) {
        this.base = new TreeMap<>(base);
        this.base.values().removeIf(String::isEmpty);
    }

    /** Returns the label's value; empty when there is no such label. */
    public String get(String name) {
        String set = added.get(name);
        if (set != null) {
            return set;
        }
        return removed.contains(name) ? "" : base.getOrDefault(name, "");
    }

    /** Sets the label; an empty value removes it. */
    public void set(String name, String value) {
        if (value.isEmpty()) {
            remove(name);
        } else {
            added.put(name, value);
        }
    }

    public void remove(String name) {
        added.remove(name);
        removed.add(name);
    }

    /** Returns the labels that have a value, as they are now. */
    public TreeMap<String, String> toMap() {
        var map = new TreeMap<>(base);
        map.keySet().removeAll(removed);
        map.putAll(added);
        return map;
    }

    /**
     * Returns the labels as they are now.
     *
     * @throws IllegalArgumentException when a name is not a label's
     */
    public Labels toLabels() {
        return Labels.of(toMap());
    }

    /** Returns names and values as they are now, in Prometheus' order. */
    List<Map.Entry<String, String>> entries() {
        var entries = new ArrayList<Map.Entry<String, String>>();
        base.forEach((name, value) -> {
            if (!removed.contains(name) && !added.containsKey(name)) {
                entries.add(Map.entry(name, value));
            }
        });
        added.forEach((name, value) -> entries.add(Map.entry(name, value)));
        return entries;
    }
}
