package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.Memory.Sight;
import dev.binnacle.mesh.compile.locality.Grouping;
import dev.binnacle.mesh.compile.locality.Located;
import dev.binnacle.mesh.compile.security.PeerPolicies;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Discovery;
import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Cluster.EndpointGroup;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Same;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.DestinationRule.Subset;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.StandIns;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the clusters by which a proxy reaches the Services of the mesh. */
final class ClusterCompiler {
    /** Some pods of a Service, at one of its ports. */
    record Target(MeshHost service, Service.Port port, String subset, Map<String, String> labels) {}

    /** @param unready the pods behind it that are no endpoints now */
    private record ClustersKey(Sight sight, Same<MeshHost> host, List<String> unready)
            implements Carried.Key<List<Cluster>> {}

    private final Registry registry;
    private final Memory memory;
    private final Rules rules;
    private final ClusterTls tls;
    private final TrafficCompiler traffic;
    private final EndpointCompiler endpoints;

    ClusterCompiler(Memory memory, Rules rules, PeerPolicies policies, EndpointCompiler endpoints) {
        this.memory = memory;
        this.registry = memory.registry();
        this.rules = rules;
        this.tls = new ClusterTls(registry, policies);
        this.traffic = new TrafficCompiler(registry.manifests().meshConfig().defaults());
        this.endpoints = endpoints;
    }

    /** Returns the outbound clusters of the proxies of pods like this one. */
    List<Cluster> compile(Pod pod, Sight sight) {
        var result = new ArrayList<Cluster>();
        for (var host : registry.scope(pod).reachable()) {
            var key = new ClustersKey(sight, new Same<>(host), registry.unready(host));
            result.addAll(memory.get(key, () -> compile(pod, host)));
        }
        return List.copyOf(result);
    }

    private List<Cluster> compile(Pod pod, MeshHost host) {
        var result = new ArrayList<Cluster>();
        var rule = rules.of(pod, host);
        for (var port : host.ports()) {
            add(whole(pod, host, port, rule), Map.of(), host, port, result);
            rule.ifPresent(r ->
                    r.subsets().forEach(s -> add(subset(pod, host, port, r, s), s.labels(), host, port, result)));
        }
        return List.copyOf(result);
    }

    /** As in Istio there is no cluster when there is no name to look up. */
    private void add(
            Cluster.Outbound cluster,
            Map<String, String> labels,
            MeshHost host,
            Service.Port port,
            List<Cluster> result) {
        if (cluster.discovery() == Discovery.EDS || endpoints.hasMembers(host, port, labels)) {
            result.add(cluster);
        }
    }

    private Cluster.Outbound whole(Pod pod, MeshHost service, Service.Port port, Optional<DestinationRule> rule) {
        var policy = rule.map(DestinationRule::policy).orElse(Policy.NONE);
        return cluster(
                pod,
                new Target(service, port, "", Map.of()),
                policy.at(port.number()),
                new ClusterTls.Said(policy, policy.tlsBeneath(port.number()), isToldSecrets(pod, rule)),
                rule.map(DestinationRule::origin).orElse(Origin.DEFAULT));
    }

    private Cluster.Outbound subset(Pod pod, MeshHost service, Service.Port port, DestinationRule rule, Subset subset) {
        int number = port.number();
        return cluster(
                pod,
                new Target(service, port, subset.name().text(), subset.labels()),
                rule.policy().at(number, subset.policy()),
                new ClusterTls.Said(
                        subset.policy(),
                        subset.policy()
                                .tlsBeneath(number)
                                .or(() -> rule.policy().tlsBeneath(number)),
                        isToldSecrets(pod, Optional.of(rule))),
                subset.name().place().origin());
    }

    private static boolean isToldSecrets(Pod pod, Optional<DestinationRule> rule) {
        return pod.kind() == PodKind.GATEWAY
                || rule.filter(r -> r.clients().isPresent()).isPresent();
    }

    private Cluster.Outbound cluster(Pod pod, Target target, Policy policy, ClusterTls.Said said, Origin rule) {
        var service = target.service();
        var port = target.port();
        var located = endpoints.compile(pod, target, said.beneath());
        var members = located.stream().map(Located::endpoint).toList();
        return new Cluster.Outbound(
                Names.outbound(port.number(), target.subset(), service.host()),
                service.serviceName(),
                port.number(),
                target.subset(),
                port.protocol(),
                traffic.of(port, policy),
                tls.of(target, policy, said),
                discovery(pod, service, port, members),
                !members.stream().allMatch(member -> StandIns.isLoopback(member.address())),
                groups(pod, located, policy),
                port.place().origin(),
                rule);
    }

    /** Names are looked up by the proxy; Envoy wants exactly one where it goes by a single name. */
    private static Discovery discovery(Pod pod, MeshHost host, Service.Port port, List<Endpoint> members) {
        return host.entry(port.number())
                .map(entry -> switch (entry.resolution()) {
                    case STATIC -> Discovery.EDS;
                    case NONE -> pod.kind() == PodKind.GATEWAY ? Discovery.EDS : Discovery.STRICT_DNS;
                    case DNS -> Discovery.STRICT_DNS;
                    case DNS_ROUND_ROBIN -> members.size() == 1 ? Discovery.LOGICAL_DNS : Discovery.STRICT_DNS;
                })
                .orElse(Discovery.EDS);
    }

    private List<EndpointGroup> groups(Pod client, List<Located> located, Policy policy) {
        return new Grouping(Localities.ofProxy(client), Localities.labels(client))
                .of(
                        located,
                        traffic.byLocality(policy),
                        policy.settings().outliers().isPresent());
    }
}
