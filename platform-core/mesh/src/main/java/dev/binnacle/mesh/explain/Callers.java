package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the pod that a user means. */
final class Callers {
    private Callers() {}

    /** Returns the first pod whose id, name, workload or app label it is; the namespace may follow a dot. */
    static Optional<Pod> find(MeshTopology topology, String from) {
        Stream<Predicate<Pod>> readings = Stream.of(
                pod -> pod.id().equals(from),
                pod -> (pod.workload() + "." + pod.namespace()).equals(from),
                pod -> pod.namespace().equals("default") && pod.workload().equals(from),
                pod -> pod.name().equals(from),
                pod -> pod.workload().equals(from),
                pod -> (pod.labels().get("app") + "." + pod.namespace()).equals(from),
                pod -> from.equals(pod.labels().get("app")));
        return readings.flatMap(
                        reading -> topology.pods().stream().filter(reading).limit(1))
                .findFirst();
    }

    static List<String> known(MeshTopology topology) {
        return topology.pods().stream()
                .map(pod -> pod.workload() + "." + pod.namespace())
                .distinct()
                .sorted()
                .toList();
    }
}
