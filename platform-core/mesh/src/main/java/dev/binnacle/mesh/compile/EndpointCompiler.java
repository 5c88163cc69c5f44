package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.ClusterCompiler.Target;
import dev.binnacle.mesh.compile.locality.Located;
import dev.binnacle.mesh.compile.security.PeerPolicies;
import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.istio.traffic.ClientTls.Mode;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.StandIns;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what is behind a host's port: ready pods, and what is no pod. */
final class EndpointCompiler {
    private final Registry registry;
    private final PeerPolicies policies;
    private final MemberCompiler members;

    EndpointCompiler(Registry registry, PeerPolicies policies) {
        this.registry = registry;
        this.policies = policies;
        this.members = new MemberCompiler(registry);
    }

    /**
     * Returns the endpoints among the pods that also have the labels of a subset. Whom only a connection's own address would
     * tell a gateway does not reach.
     *
     * @param said what a DestinationRule says about mutual TLS with them; otherwise they decide
     */
    List<Located> compile(Pod client, Target target, Optional<Mode> said) {
        var service = target.service();
        var port = target.port();
        var subset = target.labels();
        if (client.kind() == PodKind.GATEWAY && MemberCompiler.isLookedUpByClient(service, port)) {
            return List.of();
        }
        var pods = registry.pods(service).stream()
                .filter(Pod::ready)
                .filter(pod -> pod.labels().entrySet().containsAll(subset.entrySet()))
                .flatMap(pod -> endpoint(pod, port, said)
                        .map(endpoint -> new Located(endpoint, Localities.of(pod), Localities.labels(pod))));
        return Stream.concat(pods, members.compile(service, port, subset)).toList();
    }

    /** Tells whether anything that is no pod has the labels of a subset, wherever it may be. */
    boolean hasMembers(MeshHost host, Service.Port port, Map<String, String> subset) {
        return members.matching(host, port, subset).findAny().isPresent();
    }

    private Stream<Endpoint> endpoint(Pod pod, Service.Port port, Optional<Mode> said) {
        return port.targetOn(pod.ports()).stream()
                .map(number -> new Endpoint(
                        StandIns.addressOf(pod),
                        number,
                        pod.id(),
                        Identities.of(pod),
                        speaksMtls(pod, number, said),
                        1));
    }

    /** Gateways are no mutual TLS endpoints, as in Istio. */
    private boolean speaksMtls(Pod pod, int port, Optional<Mode> said) {
        return pod.kind() == PodKind.SIDECAR
                && said.map(mode -> mode == Mode.ISTIO_MUTUAL)
                        .orElseGet(() -> policies.of(pod, port).mode() != Mtls.DISABLE);
    }
}
