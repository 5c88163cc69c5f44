package dev.binnacle.mesh.compile.telemetry;

import static dev.binnacle.mesh.istio.security.PeerAuthentication.ROOT_NAMESPACE;

import dev.binnacle.mesh.istio.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which Telemetries are for a pod, in Istio's order: the mesh's, the namespace's, the workload's. */
final class Applicable {
    private final List<Telemetry> all;

    /** Takes the resources sorted by name: of two for a whole namespace the first counts. */
    Applicable(List<Telemetry> all) {
        this.all = all;
    }

    List<Telemetry> to(String namespace, Map<String, String> labels) {
        var wide = Stream.of(ROOT_NAMESPACE, namespace).distinct().flatMap(each -> ofNamespace(each).stream());
        var own = all.stream()
                .filter(telemetry -> telemetry.ref().namespace().equals(namespace))
                .filter(telemetry ->
                        !telemetry.target().isEveryone() && telemetry.target().selects(labels));
        return Stream.concat(wide, own).toList();
    }

    /** Returns the one that is for a whole namespace. */
    Optional<Telemetry> ofNamespace(String namespace) {
        return all.stream()
                .filter(telemetry -> telemetry.ref().namespace().equals(namespace))
                .filter(telemetry -> telemetry.target().isEveryone())
                .findFirst();
    }
}
