package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.istio.DestinationRule.TlsMode;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the ready pods behind a Service's port. */
final class EndpointCompiler {
    private final Registry registry;
    private final PeerPolicies policies;

    EndpointCompiler(Registry registry, PeerPolicies policies) {
        this.registry = registry;
        this.policies = policies;
    }

    /**
     * Returns the endpoints among the pods that also have the labels of a subset.
     *
     * @param said what a DestinationRule says about mutual TLS with them; otherwise they decide
     */
    List<Endpoint> compile(MeshHost service, Service.Port port, Map<String, String> subset, Optional<TlsMode> said) {
        return registry.pods(service).stream()
                .filter(Pod::ready)
                .filter(pod -> pod.labels().entrySet().containsAll(subset.entrySet()))
                .flatMap(pod -> endpoint(pod, port, said))
                .toList();
    }

    /** Returns where connections to a pod go: to its sidecar, or to the application of a pod without one. */
    static String addressOf(Pod pod) {
        return pod.kind() == PodKind.PLAIN ? pod.appIp() : pod.podIp();
    }

    private Stream<Endpoint> endpoint(Pod pod, Service.Port port, Optional<TlsMode> said) {
        return port.targetOn(pod.ports()).stream()
                .map(number -> new Endpoint(
                        addressOf(pod), number, pod.id(), Identities.of(pod), speaksMtls(pod, number, said)));
    }

    /** Gateways are no mutual TLS endpoints, as in Istio. */
    private boolean speaksMtls(Pod pod, int port, Optional<TlsMode> said) {
        return pod.kind() == PodKind.SIDECAR
                && said.map(mode -> mode == TlsMode.ISTIO_MUTUAL)
                        .orElseGet(() -> policies.of(pod, port).mode() != Mtls.DISABLE);
    }
}
