package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Balancing;
import dev.binnacle.mesh.ir.Cluster.Discovery;
import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.DestinationRule.Policy;
import dev.binnacle.mesh.istio.DestinationRule.Subset;
import dev.binnacle.mesh.istio.DestinationRule.TlsMode;
import dev.binnacle.mesh.istio.WorkloadEntry;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.StandIns;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
                add(whole(pod, service, port, rule), Map.of(), service, port, result);
                rule.ifPresent(r -> r.subsets()
                        .forEach(s -> add(subset(pod, service, port, r, s), s.labels(), service, port, result)));
            }
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
                policy.tlsBeneath(port.number()),
                rule.map(DestinationRule::origin).orElse(Origin.DEFAULT));
    }

    private Cluster.Outbound subset(Pod pod, MeshHost service, Service.Port port, DestinationRule rule, Subset subset) {
        int number = port.number();
        return cluster(
                pod,
                new Target(service, port, subset.name().text(), subset.labels()),
                rule.policy().at(number, subset.policy()),
                subset.policy().tlsBeneath(number).or(() -> rule.policy().tlsBeneath(number)),
                subset.name().place().origin());
    }

    private Cluster.Outbound cluster(Pod pod, Target target, Policy policy, Optional<TlsMode> beneath, Origin rule) {
        var service = target.service();
        var port = target.port();
        var members = endpoints.compile(service, port, target.labels(), beneath);
        return new Cluster.Outbound(
                Names.outbound(port.number(), target.subset(), service.host()),
                service.serviceName(),
                port.number(),
                target.subset(),
                port.protocol(),
                policy.balancing().orElse(Balancing.LEAST_REQUEST),
                tls(target, policy.tls(), beneath),
                discovery(service, port, members),
                source(pod, members),
                members,
                port.place().origin(),
                rule);
    }

    /** Names are looked up by the proxy; Envoy wants exactly one where it goes by a single name. */
    private static Discovery discovery(MeshHost host, Service.Port port, List<Endpoint> members) {
        return host.entry(port.number())
                .map(entry -> switch (entry.resolution()) {
                    case STATIC -> Discovery.EDS;
                    case NONE, DNS -> Discovery.STRICT_DNS;
                    case DNS_ROUND_ROBIN -> members.size() == 1 ? Discovery.LOGICAL_DNS : Discovery.STRICT_DNS;
                })
                .orElse(Discovery.EDS);
    }

    /** From a loopback address nobody can be reached but loopback: that keeps what is not meant to leave this machine. */
    private static String source(Pod pod, List<Endpoint> members) {
        boolean here = members.stream().allMatch(member -> StandIns.isLoopback(member.address()));
        return here ? pod.podIp() : "";
    }

    /**
     * Outside of the mesh nobody speaks its mutual TLS. Where no DestinationRule decides, the endpoints do. But a namespace that accepts plaintext only gets it, whatever
     * single pods of it accept: Istio's clients do not look further.
     */
    private Tls tls(Target target, Optional<TlsMode> said, Optional<TlsMode> beneath) {
        var service = target.service();
        boolean plain = service.isExternal()
                || policies.modeOf(service.namespace()) == Mtls.DISABLE
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
        var pods = registry.workloads(service).stream().map(Workload::serviceAccount);
        var entries = registry.workloadEntries(service).stream().map(WorkloadEntry::member);
        var written = service.entries().values().stream().flatMap(entry -> entry.endpoints().stream());
        var accounts = Stream.concat(
                        pods, Stream.concat(entries, written).flatMap(member -> member.serviceAccount().stream()))
                .map(account -> spiffe(service.namespace(), account));
        return Stream.concat(accounts, service.subjectAltNames().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private String spiffe(String namespace, String account) {
        return "spiffe://" + registry.topology().trustDomain() + "/ns/" + namespace + "/sa/" + account;
    }
}
