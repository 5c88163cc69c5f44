package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.topology.MeshTopology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which Deployments no longer fit into the address block of one instance. */
final class PodLimit {
    static final int MAX = MeshTopology.MAX_PODS;

    private PodLimit() {}

    static List<Workload> excess(Collection<Resource> resources) {
        var result = new ArrayList<Workload>();
        int pods = 0;
        for (var resource : resources) {
            if (resource instanceof Workload workload) {
                if (pods + workload.replicas() > MAX) {
                    result.add(workload);
                } else {
                    pods += workload.replicas();
                }
            }
        }
        return List.copyOf(result);
    }
}
