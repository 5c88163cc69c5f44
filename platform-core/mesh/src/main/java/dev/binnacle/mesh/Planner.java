package dev.binnacle.mesh;

import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.Externals;
import dev.binnacle.mesh.topology.KeySets;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Invents the topology that a fresh instance would have. */
final class Planner {
    private Planner() {}

    static MeshTopology plan(Manifests manifests, String base, int lowestPort) {
        var pods = new ArrayList<Pod>();
        for (var workload : manifests.workloads()) {
            for (int replica = 0; replica < workload.replicas() && pods.size() < MeshTopology.MAX_PODS; replica++) {
                pods.add(pod(workload, replica, base, pods.size() + 1));
            }
        }
        List<String> hosts =
                manifests.hosts().stream().limit(MeshTopology.MAX_HOSTS).toList();
        return new MeshTopology(
                Service.DOMAIN,
                base,
                pods,
                MeshTopology.numberHosts(Map.of(), hosts),
                lowestPort,
                Externals.NONE,
                KeySets.NONE);
    }

    private static Pod pod(Workload workload, int replica, String base, int index) {
        return new Pod(
                workload.name() + "-" + replica,
                workload.namespace(),
                workload.name(),
                workload.kind(),
                index,
                workload.labels(),
                workload.serviceAccount(),
                MeshTopology.podAddress(base, index),
                MeshTopology.applicationAddress(base, index),
                true,
                workload.ports(),
                Map.of());
    }
}
