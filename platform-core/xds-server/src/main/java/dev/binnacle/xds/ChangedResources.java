package dev.binnacle.xds;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** The names of what changed for a proxy: a view of what other proxies share. */
final class ChangedResources extends AbstractSet<ResourceId> {
    private final Map<XdsType, Changes> byType;

    ChangedResources(Map<XdsType, Changes> byType) {
        this.byType = byType;
    }

    /** Returns what changed of one type. */
    Set<String> names(XdsType type) {
        return byType.getOrDefault(type, Changes.NONE).versions().keySet();
    }

    @Override
    public boolean contains(Object other) {
        return other instanceof ResourceId id && names(id.type()).contains(id.name());
    }

    @Override
    public Iterator<ResourceId> iterator() {
        return byType.entrySet().stream()
                .flatMap(e -> e.getValue().versions().keySet().stream().map(name -> new ResourceId(e.getKey(), name)))
                .iterator();
    }

    @Override
    public int size() {
        return byType.values().stream().mapToInt(Changes::size).sum();
    }
}
