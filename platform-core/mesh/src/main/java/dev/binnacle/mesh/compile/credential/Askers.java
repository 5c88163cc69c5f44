package dev.binnacle.mesh.compile.credential;

import dev.binnacle.mesh.credential.Credentials.Asker;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.Pod;
import java.util.Map;
import java.util.stream.Collectors;

/** Which files pods have. */
final class Askers {
    private final Map<String, Map<String, String>> mounts;

    Askers(Manifests manifests) {
        this.mounts = manifests.workloads().stream()
                .filter(workload -> !workload.secrets().isEmpty())
                .collect(Collectors.toMap(w -> w.namespace() + "/" + w.name(), Workload::secrets));
    }

    Asker of(Pod pod) {
        return new Asker(pod.namespace(), mounts.getOrDefault(pod.namespace() + "/" + pod.workload(), Map.of()));
    }

    static Asker of(Workload workload) {
        return new Asker(workload.namespace(), workload.secrets());
    }
}
