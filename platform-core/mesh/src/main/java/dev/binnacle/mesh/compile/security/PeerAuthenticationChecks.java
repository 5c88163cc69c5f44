package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.security.PeerAuthentication;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.Registry;
import java.util.List;

/** PeerAuthentications, the pods they select, and each other. */
final class PeerAuthenticationChecks {
    private final Registry registry;
    private final PeerPolicies policies;

    PeerAuthenticationChecks(Registry registry) {
        this.registry = registry;
        this.policies = new PeerPolicies(registry.manifests().peerAuthentications());
    }

    void run(Problems problems) {
        for (var policy : registry.manifests().peerAuthentications()) {
            if (policy.selector().isEmpty()) {
                checkAlone(policy, problems);
            } else {
                checkSelector(policy, problems);
            }
        }
    }

    private void checkAlone(PeerAuthentication policy, Problems problems) {
        policies.forNamespace(policy.ref().namespace())
                .filter(first -> !first.equals(policy))
                .ifPresent(first -> conflict(policy, first, "the namespace", problems));
    }

    private void checkSelector(PeerAuthentication policy, Problems problems) {
        if (policy.ref().namespace().equals(PeerAuthentication.ROOT_NAMESPACE)) {
            problems.add(
                    DiagnosticCode.POLICY_WITHOUT_WORKLOAD,
                    policy.selectorPlace(),
                    "a policy of the root namespace is for the whole mesh: Istio ignores one with a selector",
                    "Put it into the namespace of the pods, or remove the selector");
            return;
        }
        var workloads = selected(policy);
        if (workloads.isEmpty()) {
            problems.add(
                    DiagnosticCode.POLICY_WITHOUT_WORKLOAD,
                    policy.selectorPlace(),
                    "no Deployment in namespace " + policy.ref().namespace() + " has the labels " + policy.selector(),
                    "Correct the selector");
            return;
        }
        workloads.stream()
                .flatMap(w -> policies.forWorkload(w.namespace(), w.labels()).stream())
                .filter(first -> !first.equals(policy))
                .findFirst()
                .ifPresent(first -> conflict(policy, first, "some of these pods", problems));
        policy.ports().keySet().stream().sorted().forEach(port -> checkPort(policy, port, workloads, problems));
    }

    private static void checkPort(PeerAuthentication policy, int port, List<Workload> workloads, Problems problems) {
        if (workloads.stream().noneMatch(w -> w.ports().containsValue(port))) {
            problems.add(
                    DiagnosticCode.POLICY_PORT,
                    policy.portsPlace(),
                    "no selected pod has the containerPort " + port,
                    "Use the number of a containerPort, not that of a Service's port");
        }
    }

    private static void conflict(PeerAuthentication policy, PeerAuthentication first, String what, Problems problems) {
        problems.add(
                DiagnosticCode.POLICY_CONFLICT,
                policy.place(),
                first.ref() + " (" + first.origin() + ") already decides for " + what
                        + "; this one takes no effect there",
                "Keep one of the two");
    }

    private List<Workload> selected(PeerAuthentication policy) {
        return registry.manifests().workloads().stream()
                .filter(w -> w.namespace().equals(policy.ref().namespace()))
                .filter(w -> PeerPolicies.selects(policy, w.labels()))
                .toList();
    }
}
