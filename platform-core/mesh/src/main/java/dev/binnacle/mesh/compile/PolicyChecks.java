package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.OutlierDetection;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.traffic.LoadBalancer;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.ByLocality;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Settings of a DestinationRule that the pods of its Services make pointless. */
final class PolicyChecks {
    private final Registry registry;
    private final List<MeshHost> services;

    PolicyChecks(Registry registry, List<MeshHost> services) {
        this.registry = registry;
        this.services = services;
    }

    void run(DestinationRule rule, Problems problems) {
        check(rule.policy(), rule.policy(), Map.of(), rule.host().place(), problems);
        for (var subset : rule.subsets()) {
            // What the host says about outliers holds for the fewer pods of the subset too.
            var policy = subset.policy().equals(Policy.NONE) ? rule.policy() : subset.policy();
            check(policy, rule.policy(), subset.labels(), subset.name().place(), problems);
        }
    }

    private void check(Policy policy, Policy host, Map<String, String> labels, Place at, Problems problems) {
        var outliers = policy.settings().outliers().or(() -> host.settings().outliers());
        Stream.concat(outliers.stream(), policy.ports().values().stream().flatMap(p -> p.outliers().stream()))
                .distinct()
                .forEach(detection -> checkEjection(detection, labels, at, problems));
        if (!policy.equals(host) || labels.isEmpty()) {
            policy.settings()
                    .loadBalancer()
                    .flatMap(LoadBalancer::byLocality)
                    .filter(ByLocality::enabled)
                    .ifPresent(localities -> checkLocalities(localities, outliers, at, problems));
        }
    }

    /** Envoy ejects no more than the percentage says, and nothing when that is less than one (facts F7). */
    private void checkEjection(OutlierDetection detection, Map<String, String> labels, Place at, Problems problems) {
        services.stream()
                .mapToInt(service -> pods(service, labels))
                .filter(pods -> pods > 0 && detection.mostEjected(pods) == 0)
                .findFirst()
                .ifPresent(pods -> problems.add(
                        DiagnosticCode.NOTHING_EJECTED,
                        at,
                        "outlier detection ejects nothing: "
                                + detection.maxEjectionPercent().orElse(OutlierDetection.DEFAULT_MAX_PERCENT)
                                + " % (maxEjectionPercent"
                                + (detection.maxEjectionPercent().isPresent() ? "" : ", by default")
                                + ") of " + pods + (pods == 1 ? " pod" : " pods") + " is less than one",
                        "Set maxEjectionPercent to " + Math.ceilDiv(100, pods) + " or more"));
    }

    private int pods(MeshHost service, Map<String, String> labels) {
        return registry.workloads(service).stream()
                .filter(w -> w.labels().entrySet().containsAll(labels.entrySet()))
                .mapToInt(Workload::replicas)
                .sum();
    }

    private void checkLocalities(
            ByLocality localities, Optional<OutlierDetection> outliers, Place at, Problems problems) {
        boolean failover = !localities.failover().isEmpty()
                || !localities.failoverPriority().isEmpty();
        if (failover && outliers.isEmpty()) {
            problems.add(
                    DiagnosticCode.FAILOVER_UNNOTICED,
                    at,
                    "failover takes no effect without outlierDetection, which notices that pods fail",
                    "Add outlierDetection");
        }
        var pods = registry.topology().pods().stream()
                .filter(pod -> services.stream().anyMatch(s -> registry.pods(s).contains(pod)))
                .map(Localities::of)
                .toList();
        var empty = new TreeSet<String>();
        localities
                .distribute()
                .forEach(distribute -> distribute.to().keySet().stream()
                        .filter(to -> pods.stream().noneMatch(pod -> pod.isWithin(to)))
                        .forEach(empty::add));
        if (!empty.isEmpty()) {
            problems.add(
                    DiagnosticCode.NOBODY_THERE,
                    at,
                    "no pod is in " + String.join(", ", empty) + "; their shares go to the other localities",
                    "Correct the locality, or give pods the label topology.istio.io/locality, with dots for slashes");
        }
    }
}
