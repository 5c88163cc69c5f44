package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.StandIns;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes a pod's hosts file: where its own sidecar listens for each Service. */
final class HostsCompiler {
    private final Registry registry;

    HostsCompiler(Registry registry) {
        this.registry = registry;
    }

    Map<String, String> compile(Pod pod) {
        return new HostsFile(() -> entries(pod));
    }

    private SortedMap<String, String> entries(Pod pod) {
        var result = new TreeMap<String, String>();
        var scope = registry.scope(pod);
        Stream.concat(scope.hosts().stream(), scope.ruled().stream())
                .forEach(service -> address(service, pod)
                        .ifPresent(address -> Names.aliases(service.host(), pod.namespace())
                                .forEach(name -> result.put(name, address))));
        return result;
    }

    /** A pod without a sidecar has nobody to listen for it: it calls the first pod of the Service directly. */
    private Optional<String> address(MeshHost service, Pod pod) {
        if (pod.kind() != PodKind.PLAIN) {
            return registry.topology().virtualAddress(pod, service.host());
        }
        var pods = registry.pods(service);
        return pods.stream()
                .filter(Pod::ready)
                .findFirst()
                .or(() -> pods.stream().findFirst())
                .map(StandIns::addressOf);
    }
}
