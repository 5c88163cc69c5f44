package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Balancing;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.DestinationRule.Policy;
import dev.binnacle.mesh.istio.DestinationRule.Subset;
import dev.binnacle.mesh.istio.DestinationRule.TlsMode;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the clusters by which a proxy reaches the Services of the mesh. */
final class ClusterCompiler {
    /** Some pods of a Service, at one of its ports. */
    private record Target(MeshHost service, Service.Port port, String subset, Map<String, String> labels) {}

    private final Registry registry;
    private final Rules rules;
    private final PeerPolicies policies;
    private final EndpointCompiler endpoints;

    ClusterCompiler(Registry registry, Rules rules, PeerPolicies policies, EndpointCompiler endpoints) {
        this.registry = registry;
        this.rules = rules;
        this.policies = policies;
        this.endpoints = endpoints;
    }

    /** Returns the outbound clusters of a pod's proxy. */
    List<Cluster> compile(Pod pod) {
        var result = new ArrayList<Cluster>();
        for (var service : registry.scope(pod).hosts()) {
            var rule = rules.of(pod.namespace(), service);
            for (var port : service.ports()) {
                result.add(whole(pod, service, port, rule));
                rule.ifPresent(r -> r.subsets().forEach(s -> result.add(subset(pod, service, port, r, s))));
            }
        }
        return List.copyOf(result);
    }

    private Cluster whole(Pod pod, MeshHost service, Service.Port port, Optional<DestinationRule> rule) {
        var policy = rule.map(DestinationRule::policy).orElse(Policy.NONE);
        return cluster(
                pod,
                new Target(service, port, "", Map.of()),
                policy.at(port.number()),
                policy.tlsBeneath(port.number()),
                rule.map(DestinationRule::origin).orElse(Origin.DEFAULT));
    }

    private Cluster subset(Pod pod, MeshHost service, Service.Port port, DestinationRule rule, Subset subset) {
        int number = port.number();
        return cluster(
                pod,
                new Target(service, port, subset.name().text(), subset.labels()),
                rule.policy().at(number, subset.policy()),
                subset.policy().tlsBeneath(number).or(() -> rule.policy().tlsBeneath(number)),
                subset.name().place().origin());
    }

    private Cluster cluster(Pod pod, Target target, Policy policy, Optional<TlsMode> beneath, Origin rule) {
        var service = target.service();
        var port = target.port();
        return new Cluster.Outbound(
                Names.outbound(port.number(), target.subset(), service.host()),
                service.serviceName(),
                port.number(),
                target.subset(),
                port.protocol(),
                policy.balancing().orElse(Balancing.LEAST_REQUEST),
                tls(target, policy.tls(), beneath),
                pod.podIp(),
                endpoints.compile(service, port, target.labels(), beneath),
                port.place().origin(),
                rule);
    }

    /**
     * Where no DestinationRule decides, the endpoints do. But a namespace that accepts plaintext only gets it, whatever
     * single pods of it accept: Istio's clients do not look further.
     */
    private Tls tls(Target target, Optional<TlsMode> said, Optional<TlsMode> beneath) {
        var service = target.service();
        boolean plain = policies.modeOf(service.namespace()) == Mtls.DISABLE
                || beneath.filter(mode -> mode == TlsMode.DISABLE).isPresent();
        String sni = Names.sni(target.port().number(), target.subset(), service.host());
        return said.<Tls>map(mode -> switch (mode) {
                    case DISABLE -> new Tls.None();
                    case ISTIO_MUTUAL -> new Tls.Mutual(sni, identities(service));
                })
                .orElseGet(() -> plain ? new Tls.None() : new Tls.Auto(sni, identities(service)));
    }

    /** The identities a client accepts: those of all workloads, running or not, so that a crash changes no cluster. */
    private List<String> identities(MeshHost service) {
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
