package dev.binnacle.xds;

import com.google.protobuf.Message;
import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything one proxy should have.
 *
 * @param resources by type, then sorted by name
 */
record NodeSnapshot(Map<XdsType, Map<String, VersionedResource>> resources) {
    static final NodeSnapshot EMPTY = new NodeSnapshot(Map.of());

    NodeSnapshot {
        resources = Collections.unmodifiableMap(new EnumMap<>(complete(resources)));
    }

    /**
     * Returns the snapshot of {@code proxy}.
     *
     * <p>What has the same bytes in {@code previous} is taken from there, so that only changes are hashed.
     */
    static NodeSnapshot of(ProxyResources proxy, NodeSnapshot previous) {
        var all = new EnumMap<XdsType, Map<String, VersionedResource>>(XdsType.class);
        all.put(XdsType.CLUSTER, versioned(proxy.clusters(), Cluster::getName, previous.of(XdsType.CLUSTER)));
        all.put(
                XdsType.ENDPOINT,
                versioned(proxy.endpoints(), ClusterLoadAssignment::getClusterName, previous.of(XdsType.ENDPOINT)));
        all.put(XdsType.LISTENER, versioned(proxy.listeners(), Listener::getName, previous.of(XdsType.LISTENER)));
        all.put(XdsType.ROUTE, versioned(proxy.routes(), RouteConfiguration::getName, previous.of(XdsType.ROUTE)));
        return new NodeSnapshot(all);
    }

    /** Returns the resources of one type, sorted by name. */
    Map<String, VersionedResource> of(XdsType type) {
        return resources.getOrDefault(type, Map.of());
    }

    /** Returns the names of {@code type} that the resources {@code referring} to it lead to, without those of {@code except}. */
    Set<String> referenced(XdsType referring, Collection<String> except) {
        var names = new HashSet<String>();
        for (var resource : of(referring).values()) {
            if (!except.contains(resource.name())) {
                names.addAll(resource.references());
            }
        }
        return names;
    }

    /** Returns what differs between {@code earlier} and this, removed resources included. */
    Set<ResourceId> changesSince(NodeSnapshot earlier) {
        var changes = new HashSet<ResourceId>();
        for (var type : XdsType.values()) {
            var before = earlier.of(type);
            var now = of(type);
            now.values().stream()
                    .filter(r -> !r.equals(before.get(r.name())))
                    .forEach(r -> changes.add(new ResourceId(type, r.name())));
            before.keySet().stream()
                    .filter(name -> !now.containsKey(name))
                    .forEach(name -> changes.add(new ResourceId(type, name)));
        }
        return Set.copyOf(changes);
    }

    private static <M extends Message> Map<String, VersionedResource> versioned(
            List<M> messages, Function<M, String> naming, Map<String, VersionedResource> previous) {
        var sorted = new TreeMap<String, VersionedResource>();
        for (M message : messages) {
            String name = naming.apply(message);
            var resource = VersionedResource.of(message, name, previous.get(name));
            if (sorted.put(name, resource) != null) {
                throw new IllegalArgumentException("two resources of one type are named " + name);
            }
        }
        return sorted;
    }

    private static Map<XdsType, Map<String, VersionedResource>> complete(
            Map<XdsType, Map<String, VersionedResource>> resources) {
        var all = new EnumMap<XdsType, Map<String, VersionedResource>>(XdsType.class);
        for (var type : XdsType.values()) {
            all.put(type, Collections.unmodifiableMap(resources.getOrDefault(type, Map.of())));
        }
        return all;
    }
}
