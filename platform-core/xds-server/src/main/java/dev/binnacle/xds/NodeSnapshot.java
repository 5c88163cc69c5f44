package dev.binnacle.xds;

import dev.binnacle.mesh.xds.ProxyResources;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Everything one proxy should have.
 *
 * @param resources by type, every type
 */
record NodeSnapshot(Map<XdsType, ResourceSet> resources) {
    static final NodeSnapshot EMPTY = new NodeSnapshot(Map.of());

    NodeSnapshot {
        var all = new EnumMap<XdsType, ResourceSet>(XdsType.class);
        for (var type : XdsType.values()) {
            all.put(type, resources.getOrDefault(type, ResourceSet.EMPTY));
        }
        resources = Collections.unmodifiableMap(all);
    }

    /** Returns the snapshot of {@code proxy}. */
    static NodeSnapshot of(ProxyResources proxy, NodeSnapshot previous, SharedSets sets) {
        var all = new EnumMap<XdsType, ResourceSet>(XdsType.class);
        for (var type : XdsType.values()) {
            all.put(type, sets.of(type, proxy, previous.of(type)));
        }
        return new NodeSnapshot(all);
    }

    /** Returns the resources of one type. */
    ResourceSet of(XdsType type) {
        return resources.getOrDefault(type, ResourceSet.EMPTY);
    }

    /** Returns what differs between {@code earlier} and this, removed resources included. */
    Set<ResourceId> changesSince(NodeSnapshot earlier) {
        var changes = new HashSet<ResourceId>();
        for (var type : XdsType.values()) {
            of(type).changesSince(earlier.of(type)).forEach(name -> changes.add(new ResourceId(type, name)));
        }
        return Set.copyOf(changes);
    }
}
