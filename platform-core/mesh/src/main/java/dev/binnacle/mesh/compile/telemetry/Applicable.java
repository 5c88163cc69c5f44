package dev.binnacle.mesh.compile.telemetry;

import static dev.binnacle.mesh.istio.security.PeerAuthentication.ROOT_NAMESPACE;

import dev.binnacle.mesh.istio.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which Telemetries are for a pod, in Istio's order: the mesh's, the namespace's, the workload's. */
final class Applicable {
    /** The label that a gateway of the Gateway API gives its pods. */
    static final String GATEWAY = "gateway.networking.k8s.io/gateway-name";

    private final List<Telemetry> all;

    /** Takes the resources sorted by name: of two for a whole namespace the first counts. */
    Applicable(List<Telemetry> all) {
        this.all = all;
    }

    List<Telemetry> to(String namespace, Map<String, String> labels) {
        var wide = Stream.of(ROOT_NAMESPACE, namespace).distinct().flatMap(each -> ofNamespace(each).stream());
        var own = all.stream()
                .filter(telemetry -> telemetry.ref().namespace().equals(namespace))
                .filter(telemetry -> !telemetry.audience().isEveryone() && selects(telemetry.audience(), labels));
        return Stream.concat(wide, own).toList();
    }

    /** Returns the one that is for a whole namespace. */
    Optional<Telemetry> ofNamespace(String namespace) {
        return all.stream()
                .filter(telemetry -> telemetry.ref().namespace().equals(namespace))
                .filter(telemetry -> telemetry.audience().isEveryone())
                .findFirst();
    }

    /** A gateway of the Gateway API is meant by its name, everything else by its labels. */
    static boolean selects(Telemetry.Audience audience, Map<String, String> labels) {
        return audience.gateways().isEmpty()
                ? labels.entrySet().containsAll(audience.labels().entrySet())
                : audience.gateways().stream().anyMatch(name -> Objects.equals(name, labels.get(GATEWAY)));
    }
}
