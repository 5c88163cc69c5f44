package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;

/** The Deployments that policies are for. */
public final class PolicyTargets {
    private PolicyTargets() {}

    /** Returns the Deployments that a policy of {@code namespace} is for. */
    public static List<Workload> selected(Registry registry, String namespace, PolicyTarget target) {
        return registry.manifests().workloads().stream()
                .filter(workload -> target.covers(namespace, workload.namespace(), workload.labels()))
                .toList();
    }

    /** Reports a target that selects nothing, or nothing that has a proxy. */
    public static void check(String namespace, PolicyTarget target, List<Workload> selected, Problems problems) {
        if (!target.gateways().isEmpty() && selected.isEmpty()) {
            problems.add(
                    DiagnosticCode.POLICY_WITHOUT_WORKLOAD,
                    target.place(),
                    "no pods in namespace " + namespace + " are those of the Gateway "
                            + String.join(", ", target.gateways()),
                    "Correct the name, or use a selector");
        } else if (!target.selector().isEmpty() && selected.isEmpty()) {
            problems.add(
                    DiagnosticCode.POLICY_WITHOUT_WORKLOAD,
                    target.place(),
                    "no Deployment in namespace " + namespace + " has the labels " + target.selector(),
                    "Correct the selector");
        } else if (!selected.isEmpty() && selected.stream().allMatch(w -> w.kind() == PodKind.PLAIN)) {
            problems.add(
                    DiagnosticCode.POLICY_WITHOUT_WORKLOAD,
                    target.place(),
                    "none of the pods it is for has a proxy, which would have to enforce it",
                    "Give them a sidecar, or remove the policy");
        }
    }
}
