package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DestinationRules, the Services they are about, and the pods of their subsets. */
final class DestinationRuleChecks {
    private final Registry registry;

    DestinationRuleChecks(Registry registry) {
        this.registry = registry;
    }

    void run(Problems problems) {
        Map<String, DestinationRule> first = new HashMap<>();
        for (var rule : registry.manifests().destinationRules()) {
            String host = Rules.hostOf(rule);
            String key = rule.ref().namespace() + "/" + host + " " + rule.clients();
            Optional.ofNullable(first.get(key)).ifPresent(earlier -> checkTogether(earlier, rule, host, problems));
            first.merge(key, rule, DestinationRule::mergedWith);
            checkHost(rule, host, problems);
        }
    }

    /** Several rules of a namespace for one host add up, as long as they do not say different things. */
    private static void checkTogether(DestinationRule earlier, DestinationRule rule, String host, Problems problems) {
        if (!rule.policy().equals(Policy.NONE) && !earlier.policy().equals(Policy.NONE)) {
            taken(rule.host().place(), "the policy of " + host, earlier, problems);
        }
        rule.subsets().stream()
                .filter(subset -> earlier.subset(subset.name().text()).isPresent())
                .forEach(subset -> taken(
                        subset.name().place(), "subset " + subset.name().text() + " of " + host, earlier, problems));
    }

    private static void taken(Place at, String what, DestinationRule earlier, Problems problems) {
        problems.add(
                DiagnosticCode.HOST_TAKEN,
                at,
                earlier.ref() + " (" + earlier.origin() + ") already decides about " + what
                        + "; what is written here takes no effect",
                "Put all settings for a host into one DestinationRule");
    }

    private void checkHost(DestinationRule rule, String host, Problems problems) {
        var services = registry.covered(host).toList();
        if (services.isEmpty()) {
            problems.add(
                    DiagnosticCode.RULE_WITHOUT_HOST,
                    rule.host().place(),
                    "no Service or ServiceEntry has the host " + host,
                    Suggestions.host(registry, rule.host().text(), rule.ref().namespace())
                            .orElse("Correct the host, or define it by a Service or a ServiceEntry"));
            return;
        }
        rule.subsets().forEach(subset -> checkSubset(subset, services, problems));
        new PolicyChecks(registry, services).run(rule, problems);
        checkClients(rule, problems);
    }

    private void checkClients(DestinationRule rule, Problems problems) {
        rule.clients()
                .filter(clients -> registry.manifests().workloads().stream()
                        .filter(w -> w.namespace().equals(rule.ref().namespace()))
                        .noneMatch(w -> w.labels().entrySet().containsAll(clients.entrySet())))
                .ifPresent(clients -> problems.add(
                        DiagnosticCode.RULE_WITHOUT_CLIENT,
                        rule.place(),
                        "no Deployment in " + rule.ref().namespace() + " has the labels " + clients
                                + " that workloadSelector asks for; it selects clients, not the pods of the host",
                        "Correct the labels, or remove workloadSelector"));
    }

    private void checkSubset(DestinationRule.Subset subset, List<MeshHost> services, Problems problems) {
        boolean someone = services.stream()
                .flatMap(s -> registry.workloads(s).stream())
                .anyMatch(w -> w.labels().entrySet().containsAll(subset.labels().entrySet()));
        if (!someone) {
            problems.add(
                    DiagnosticCode.EMPTY_SUBSET,
                    subset.name().place(),
                    "no pod behind the host has the labels " + subset.labels() + " of subset "
                            + subset.name().text(),
                    "Correct the labels; routes to the subset fail with 503 until a pod has them");
        }
    }
}
