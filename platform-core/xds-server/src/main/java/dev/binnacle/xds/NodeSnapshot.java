package dev.binnacle.xds;

import dev.binnacle.mesh.xds.ProxyResources;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Everything one proxy should have. */
final class NodeSnapshot {
    static final NodeSnapshot EMPTY = new NodeSnapshot(Map.of());

    private final Map<XdsType, ResourceSet> resources = new EnumMap<>(XdsType.class);
    private final Set<String> tables;

    private NodeSnapshot(Map<XdsType, ResourceSet> resources) {
        this.resources.putAll(resources);
        this.tables = tables(Set.of(), Set.of());
    }

    /** Returns the snapshot of {@code proxy}, {@code previous} itself when it is equal. */
    static NodeSnapshot of(ProxyResources proxy, NodeSnapshot previous, SharedSets sets) {
        var all = new EnumMap<XdsType, ResourceSet>(XdsType.class);
        for (var type : XdsType.values()) {
            all.put(type, sets.of(type, proxy, previous.of(type)));
        }
        return all.equals(previous.resources) ? previous : new NodeSnapshot(all);
    }

    /** Returns the resources of one type. */
    ResourceSet of(XdsType type) {
        return resources.getOrDefault(type, ResourceSet.EMPTY);
    }

    /**
     * Returns what the proxy asks for by name when it has the rest.
     *
     * @param refused the names of what it refused of a type: that leads nowhere
     */
    Set<String> referenced(XdsType type, Function<XdsType, ? extends Collection<String>> refused) {
        return switch (type) {
            case CLUSTER, LISTENER, VIRTUAL_HOST -> Set.of();
            case ENDPOINT -> of(XdsType.CLUSTER).references(type, refused.apply(XdsType.CLUSTER));
            case SECRET -> secrets(refused);
            case FILTER -> of(XdsType.LISTENER).references(type, refused.apply(XdsType.LISTENER));
            case ROUTE -> {
                var listeners = refused.apply(XdsType.LISTENER);
                var filters = refused.apply(XdsType.FILTER);
                yield listeners.isEmpty() && filters.isEmpty() ? tables : tables(listeners, filters);
            }
        };
    }

    private Set<String> secrets(Function<XdsType, ? extends Collection<String>> refused) {
        var all = new HashSet<>(of(XdsType.CLUSTER).references(XdsType.SECRET, refused.apply(XdsType.CLUSTER)));
        all.addAll(of(XdsType.LISTENER).references(XdsType.SECRET, refused.apply(XdsType.LISTENER)));
        return all;
    }

    /** Returns the route tables that listeners name, themselves or in the filters they name. */
    private Set<String> tables(Collection<String> withoutListeners, Collection<String> withoutFilters) {
        var listeners = of(XdsType.LISTENER);
        var direct = listeners.references(XdsType.ROUTE, withoutListeners);
        var filters = listeners.references(XdsType.FILTER, withoutListeners);
        if (filters.isEmpty()) {
            return direct;
        }
        var all = new HashSet<>(direct);
        for (String name : filters) {
            var filter = of(XdsType.FILTER).get(name);
            if (filter != null && !withoutFilters.contains(name)) {
                filter.references().forEach(id -> all.add(id.name()));
            }
        }
        return all;
    }

    /** Returns what differs between {@code earlier} and this, removed resources included. */
    Set<ResourceId> changesSince(NodeSnapshot earlier) {
        var changes = new EnumMap<XdsType, Changes>(XdsType.class);
        for (var type : XdsType.values()) {
            var ofType = of(type).since(earlier.of(type));
            if (!ofType.isEmpty()) {
                changes.put(type, ofType);
            }
        }
        return new ChangedResources(changes);
    }
}
