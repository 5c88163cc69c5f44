package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.istio.security.PeerAuthentication;
import dev.binnacle.mesh.topology.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which peers each port of a pod accepts: the policy of the workload, else of its namespace, else of the mesh, else
 * PERMISSIVE; and what a policy says about a port goes before what it says about the pod.
 */
public final class PeerPolicies {
    /** A decision and what made it. */
    public record Decision(Mtls mode, Origin origin) {}

    private final List<PeerAuthentication> policies;

    /**
     * Takes the policies sorted by name: of two for the same pods the first counts.
     */
    public PeerPolicies(List<PeerAuthentication> policies) {
        this.policies = policies;
    }

    /** Returns the decision for a container port of a pod. */
    public Decision of(Pod pod, int port) {
        var workload = forWorkload(pod.namespace(), pod.labels());
        var forPort =
                workload.flatMap(policy -> Optional.ofNullable(policy.ports().get(port))
                        .flatMap(mode -> mode)
                        .map(mode -> new Decision(mode, policy.portsPlace().origin())));
        return forPort.or(() -> first(Stream.concat(workload.stream(), wider(pod.namespace()))))
                .orElse(new Decision(Mtls.PERMISSIVE, Origin.DEFAULT));
    }

    /** Returns what the policies without selector say about a namespace. */
    public Mtls modeOf(String namespace) {
        return first(wider(namespace)).map(Decision::mode).orElse(Mtls.PERMISSIVE);
    }

    private Stream<PeerAuthentication> wider(String namespace) {
        return Stream.of(forNamespace(namespace), forNamespace(PeerAuthentication.ROOT_NAMESPACE))
                .flatMap(Optional::stream);
    }

    /** Returns the decision of the first policy that makes one. */
    private static Optional<Decision> first(Stream<PeerAuthentication> policies) {
        return policies.flatMap(policy -> policy.mode().map(mode -> new Decision(mode, policy.origin())).stream())
                .findFirst();
    }

    /** Returns the policy with a selector that matches; Istio ignores selectors in the root namespace. */
    Optional<PeerAuthentication> forWorkload(String namespace, Map<String, String> labels) {
        return policies.stream()
                .filter(policy -> !policy.selector().isEmpty())
                .filter(policy -> isIn(policy, namespace) && !isIn(policy, PeerAuthentication.ROOT_NAMESPACE))
                .filter(policy -> selects(policy, labels))
                .findFirst();
    }

    /** Returns the policy without selector of a namespace. */
    Optional<PeerAuthentication> forNamespace(String namespace) {
        return policies.stream()
                .filter(policy -> policy.selector().isEmpty() && isIn(policy, namespace))
                .findFirst();
    }

    static boolean selects(PeerAuthentication policy, Map<String, String> labels) {
        return labels.entrySet().containsAll(policy.selector().entrySet());
    }

    private static boolean isIn(PeerAuthentication policy, String namespace) {
        return policy.ref().namespace().equals(namespace);
    }
}
