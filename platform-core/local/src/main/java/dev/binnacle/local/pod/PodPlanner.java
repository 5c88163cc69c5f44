package dev.binnacle.local.pod;

import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Decides which pods there are: one for each replica of each workload. Pods that stay keep their number and so their addresses. */
public final class PodPlanner {
    private PodPlanner() {}

    /**
     * Returns the pods of {@code workloads} in the block that starts at {@code base}.
     *
     * @param current the pods there are now
     * @param published by workload ({@code name.namespace}): container port to the address people use
     */
    public static List<Pod> plan(
            List<Workload> workloads, List<Pod> current, String base, Map<String, Map<Integer, String>> published) {
        var known = new HashMap<String, Pod>();
        current.forEach(pod -> known.put(pod.id(), pod));
        var taken = new HashSet<Integer>();
        current.forEach(pod -> taken.add(pod.index()));
        var planned = new ArrayList<Pod>();
        for (Workload workload : workloads) {
            for (int replica = 0; replica < workload.replicas(); replica++) {
                planned.add(pod(workload, replica, known, taken, base, published));
            }
        }
        return planned;
    }

    private static Pod pod(
            Workload workload,
            int replica,
            Map<String, Pod> known,
            Set<Integer> taken,
            String base,
            Map<String, Map<Integer, String>> published) {
        String name = workload.name() + "-" + replica;
        Pod before = known.get(name + "." + workload.namespace());
        int index = before == null ? firstFree(taken) : before.index();
        taken.add(index);
        var ports = new TreeMap<String, Integer>();
        workload.container().ports().forEach(port -> ports.put(port.name(), port.number()));
        return new Pod(
                name,
                workload.namespace(),
                workload.name(),
                workload.kind(),
                index,
                workload.labels(),
                workload.serviceAccount(),
                MeshTopology.podAddress(base, index),
                MeshTopology.applicationAddress(base, index),
                before != null && before.ready(),
                ports,
                replica == 0
                        ? published.getOrDefault(workload.name() + "." + workload.namespace(), Map.of())
                        : Map.of());
    }

    private static int firstFree(Set<Integer> taken) {
        int index = 1;
        while (taken.contains(index)) {
            index++;
        }
        if (index > MeshTopology.MAX_PODS) {
            throw ProblemException.no(
                    "more than " + MeshTopology.MAX_PODS + " pods in one instance",
                    "Lower the replicas, or start fewer workloads with --only.");
        }
        return index;
    }
}
