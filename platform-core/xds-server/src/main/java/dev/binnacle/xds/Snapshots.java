package dev.binnacle.xds;

import dev.binnacle.mesh.xds.ProxyResources;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What every proxy should have; replaced as a whole.
 *
 * @param generation counts publications
 * @param nodes by node id
 * @param sets what the snapshots were made of
 */
record Snapshots(long generation, Map<String, NodeSnapshot> nodes, SharedSets sets) {
    static final Snapshots EMPTY = new Snapshots(0, Map.of(), new SharedSets());

    Snapshots {
        nodes = Map.copyOf(nodes);
    }

    Snapshots next(Map<String, ProxyResources> byNode) {
        var next = new TreeMap<String, NodeSnapshot>();
        var nextSets = sets.next();
        byNode.forEach((node, proxy) -> next.put(node, NodeSnapshot.of(proxy, of(node), nextSets)));
        nextSets.complete();
        return new Snapshots(generation + 1, next, nextSets);
    }

    NodeSnapshot of(String node) {
        return nodes.getOrDefault(node, NodeSnapshot.EMPTY);
    }

    Publication since(Snapshots earlier) {
        var changes = new TreeMap<String, Set<ResourceId>>();
        var all = new TreeSet<>(nodes.keySet());
        all.addAll(earlier.nodes.keySet());
        for (String node : all) {
            var changed = of(node).changesSince(earlier.of(node));
            if (!changed.isEmpty()) {
                changes.put(node, changed);
            }
        }
        return new Publication(generation, changes);
    }
}
