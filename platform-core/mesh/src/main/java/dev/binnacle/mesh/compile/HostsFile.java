package dev.binnacle.mesh.compile;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names and their addresses, worked out when someone looks: proxies are told nothing of them, and a large mesh has
 * thousands for each pod. Safe for concurrent use.
 */
final class HostsFile extends AbstractMap<String, String> {
    private final Supplier<SortedMap<String, String>> source;
    private volatile @Nullable Map<String, String> entries;

    HostsFile(Supplier<SortedMap<String, String>> source) {
        this.source = source;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return entries().entrySet();
    }

    @Override
    public @Nullable String get(Object name) {
        return entries().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return entries().containsKey(name);
    }

    private Map<String, String> entries() {
        var known = entries;
        if (known == null) {
            known = Collections.unmodifiableSortedMap(source.get());
            entries = known;
        }
        return known;
    }
}
