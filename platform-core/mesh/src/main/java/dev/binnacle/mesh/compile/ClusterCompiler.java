package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Balancing;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.DestinationRule.Policy;
import dev.binnacle.mesh.istio.DestinationRule.Subset;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the clusters by which a proxy reaches the Services of the mesh. */
final class ClusterCompiler {
    private final Registry registry;
    private final Rules rules;
    private final EndpointCompiler endpoints;

    ClusterCompiler(Registry registry, Rules rules, EndpointCompiler endpoints) {
        this.registry = registry;
        this.rules = rules;
        this.endpoints = endpoints;
    }

    /** Returns the outbound clusters of a pod's proxy. */
    List<Cluster> compile(Pod pod) {
        var result = new ArrayList<Cluster>();
        for (var service : registry.services()) {
            var rule = rules.of(pod.namespace(), service);
            for (var port : service.ports()) {
                result.add(whole(pod, service, port, rule));
                rule.ifPresent(r -> r.subsets().forEach(s -> result.add(subset(pod, service, port, r, s))));
            }
        }
        return List.copyOf(result);
    }

    private Cluster whole(Pod pod, Service service, Service.Port port, Optional<DestinationRule> rule) {
        var policy = rule.map(DestinationRule::policy).orElse(Policy.NONE).at(port.number());
        var origin = rule.map(DestinationRule::origin).orElse(Origin.DEFAULT);
        return cluster(pod, service, port, "", Map.of(), policy, origin);
    }

    private Cluster subset(Pod pod, Service service, Service.Port port, DestinationRule rule, Subset subset) {
        var policy = rule.policy().at(port.number(), subset.policy());
        return cluster(
                pod,
                service,
                port,
                subset.name().text(),
                subset.labels(),
                policy,
                subset.name().place().origin());
    }

    private Cluster cluster(
            Pod pod,
            Service service,
            Service.Port port,
            String subset,
            Map<String, String> labels,
            Policy policy,
            Origin rule) {
        return new Cluster.Outbound(
                Names.outbound(port.number(), subset, service.host()),
                Registry.nameOf(service),
                port.number(),
                subset,
                port.protocol(),
                policy.balancing().orElse(Balancing.LEAST_REQUEST),
                tls(policy, service, port, subset),
                pod.podIp(),
                endpoints.compile(service, port, labels),
                port.place().origin(),
                rule);
    }

    private Tls tls(Policy policy, Service service, Service.Port port, String subset) {
        String sni = Names.sni(port.number(), subset, service.host());
        return policy.tls()
                .<Tls>map(mode -> switch (mode) {
                    case DISABLE -> new Tls.None();
                    case ISTIO_MUTUAL -> new Tls.Mutual(sni, identities(service));
                })
                .orElseGet(() -> new Tls.Auto(sni, identities(service)));
    }

    /** The identities a client accepts: those of all workloads, running or not, so that a crash changes no cluster. */
    private List<String> identities(Service service) {
        String domain = registry.topology().trustDomain();
        return registry.workloads(service).stream()
                .map(w -> spiffe(domain, w))
                .distinct()
                .sorted()
                .toList();
    }

    private static String spiffe(String domain, Workload workload) {
        return "spiffe://" + domain + "/ns/" + workload.namespace() + "/sa/" + workload.serviceAccount();
    }
}
