package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.manifest.Manifests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every definition of every host. */
final class HostIndex {
    private final Map<String, List<MeshHost>> definitions = new TreeMap<>();

    HostIndex(Manifests manifests) {
        var config = manifests.meshConfig();
        var services = manifests.services().stream()
                .map(service -> MeshHost.of(service, config))
                .sorted(Comparator.comparing(MeshHost::host));
        var entries = manifests.serviceEntries().stream()
                .flatMap(entry -> entry.hosts().stream().map(host -> MeshHost.of(entry, host, config)));
        Stream.concat(services, entries).forEach(this::add);
    }

    private void add(MeshHost host) {
        var known = definitions.computeIfAbsent(host.host(), h -> new ArrayList<>());
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).mergesWith(host)) {
                known.set(i, known.get(i).mergedWith(host));
                return;
            }
        }
        known.add(host);
    }

    /** Returns all definitions by host, those of Services first. */
    Map<String, List<MeshHost>> definitions() {
        return definitions;
    }

    /**
     * Returns which of several definitions counts for {@code namespace}: its own, else a Service's, else the first, of those
     * exported to single namespaces before those for everyone.
     */
    static Comparator<MeshHost> forNamespace(String namespace) {
        return Comparator.comparing((MeshHost host) -> !host.namespace().equals(namespace))
                .thenComparing(forGateways());
    }

    /** Returns the same for gateways, whose own namespace is like any other. */
    static Comparator<MeshHost> forGateways() {
        return Comparator.comparing((MeshHost host) -> !host.isService())
                .thenComparing(host -> host.exports().toEveryone());
    }
}
