package dev.binnacle.mesh.compile.limit;

import dev.binnacle.mesh.compile.security.PolicyTargets;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.limit.LocalRateLimit;
import dev.binnacle.mesh.istio.limit.LocalRateLimit.Limit;
import dev.binnacle.mesh.istio.limit.LocalRateLimit.Proxy;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;

/** Limits of requests, and the pods they are for. */
public final class RateLimitChecks {
    private final Registry registry;
    private final RateLimits limits;

    public RateLimitChecks(Registry registry) {
        this.registry = registry;
        this.limits = new RateLimits(registry.manifests().rateLimits());
    }

    public void run(Problems problems) {
        for (var resource : registry.manifests().rateLimits()) {
            String namespace = resource.ref().namespace();
            var selected = PolicyTargets.selected(registry, namespace, resource.target());
            PolicyTargets.check(namespace, resource.target(), selected, problems);
            resource.limits().keySet().stream()
                    .sorted()
                    .forEach(proxy -> checkAlone(resource, proxy, selected, problems));
            resource.ports().forEach((port, limit) -> checkPort(resource, port, limit, problems));
            resource.said().forEach(limit -> checkShares(limit, problems));
        }
    }

    private void checkAlone(LocalRateLimit resource, Proxy proxy, List<Workload> selected, Problems problems) {
        selected.stream()
                .filter(workload -> (workload.kind() == PodKind.GATEWAY) == (proxy == Proxy.GATEWAY))
                .flatMap(workload -> limits.of(workload.namespace(), workload.labels(), proxy).stream())
                .filter(first -> !first.equals(resource))
                .findFirst()
                .ifPresent(first -> problems.add(
                        DiagnosticCode.POLICY_CONFLICT,
                        resource.target().place(),
                        first.ref() + " (" + first.origin() + ") already limits some of these pods; this one takes no"
                                + " effect there",
                        "Keep one of the two"));
    }

    private void checkPort(LocalRateLimit resource, int port, Limit limit, Problems problems) {
        var pods = registry.topology().pods().stream()
                .filter(pod -> resource.target().covers(resource.ref().namespace(), pod.namespace(), pod.labels()))
                .toList();
        boolean known = pods.stream()
                .flatMap(pod -> registry.hostsOf(pod).stream())
                .anyMatch(host -> host.ports().stream().anyMatch(p -> p.number() == port));
        if (!pods.isEmpty() && !known) {
            problems.add(
                    DiagnosticCode.POLICY_PORT,
                    limit.place(),
                    "no Service of the selected pods has the port " + port,
                    "Use the number of a Service's port, not that of a containerPort");
        }
    }

    private static void checkShares(Limit limit, Problems problems) {
        limit.limit().ifPresent(told -> {
            if (told.asked().isNone() || told.enforced().isNone()) {
                problems.add(
                        DiagnosticCode.WITHOUT_EFFECT,
                        limit.place(),
                        told.asked().isNone()
                                ? "no request takes a token, as Envoy's filter_enabled is 0% unless it is said"
                                : "no request is refused, as Envoy's filter_enforced is 0% unless it is said",
                        "Add filter_enabled and filter_enforced with default_value {numerator: 100, denominator: HUNDRED}");
            }
        });
    }
}
