package dev.binnacle.local.launcher;

import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The mesh as the manifests want it.
 *
 * @param manifests everything valid that was read
 * @param only names of the workloads to run; empty for all
 */
record WantedMesh(Manifests manifests, Set<String> only) {
    private static final int PRIVILEGED = 1024;
    private static final Map<Integer, Integer> USUAL = Map.of(80, 8000, 443, 8443);

    /** Returns the workloads to run. */
    List<Workload> workloads() {
        return manifests.workloads().stream()
                .filter(workload -> only.isEmpty() || only.contains(workload.name()))
                .toList();
    }

    /** Returns the names asked for that no workload has. */
    List<String> unknownNames() {
        var names = manifests.workloads().stream().map(Workload::name).toList();
        return only.stream().filter(name -> !names.contains(name)).sorted().toList();
    }

    /**
     * Returns the ports of a gateway that people reach at 127.0.0.1, as container port to the port they would usually type.
     *
     * <p>They are the ports of Services of type LoadBalancer. Ports below 1024 need a privilege here and move by 8000, but 80 is
     * 8000 and 443 is 8443.
     */
    Map<Integer, Integer> publishedBy(Workload gateway) {
        var result = new TreeMap<Integer, Integer>();
        if (gateway.kind() != PodKind.GATEWAY) {
            return result;
        }
        manifests.services().stream()
                .filter(service -> service.type().equals("LoadBalancer"))
                .filter(service -> service.ref().namespace().equals(gateway.namespace()))
                .filter(service -> service.selects(gateway.labels()))
                .flatMap(service -> service.ports().stream())
                .filter(port -> port.number() < PRIVILEGED)
                .forEach(port -> publish(port, gateway, result));
        return result;
    }

    private static void publish(Service.Port port, Workload gateway, Map<Integer, Integer> result) {
        int usual = USUAL.getOrDefault(port.number(), 8000 + port.number());
        port.targetOn(gateway.ports()).ifPresent(target -> result.putIfAbsent(target, usual));
    }
}
