package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.ClusterCompiler.Target;
import dev.binnacle.mesh.compile.security.PeerPolicies;
import dev.binnacle.mesh.ir.Balancing;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.istio.WorkloadEntry;
import dev.binnacle.mesh.istio.traffic.ClientTls;
import dev.binnacle.mesh.istio.traffic.ClientTls.Mode;
import dev.binnacle.mesh.istio.traffic.LoadBalancer;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a proxy's connections to a Service are protected. */
final class ClusterTls {
    private final Registry registry;
    private final PeerPolicies policies;

    ClusterTls(Registry registry, PeerPolicies policies) {
        this.registry = registry;
        this.policies = policies;
    }

    /**
     * What a DestinationRule says of all ports of a host or a subset, whatever it says of the one in question.
     *
     * @param beneath how connections are protected by it
     * @param secrets whether the proxy may be told Secrets that it names: gateways may, and sidecars that it selects
     */
    record Said(Policy policy, Optional<Mode> beneath, boolean secrets) {}

    /**
     * Returns what a DestinationRule says. Outside of the mesh nobody speaks its mutual TLS. Where no rule decides, the
     * endpoints decide, unless the mesh configuration forbids it. But a namespace that accepts plaintext only gets it,
     * whatever single pods of it accept: Istio's clients do not look further.
     */
    Tls of(Target target, Policy policy, Said said) {
        var service = target.service();
        boolean plain = !registry.manifests().meshConfig().autoMtls()
                || service.isExternal()
                || policies.modeOf(service.namespace()) == Mtls.DISABLE
                || said.beneath().filter(mode -> mode == Mode.DISABLE).isPresent()
                || (service.headless() || isPassedThrough(said.policy())) && !everyPodHasSidecar(service);
        String sni = Names.sni(target.port().number(), target.subset(), service.host());
        return policy.settings()
                .tls()
                .map(tls -> said(tls, said, sni, service))
                .orElseGet(() -> plain ? new Tls.None() : new Tls.Auto(sni, identities(service)));
    }

    private Tls said(ClientTls tls, Said said, String sni, MeshHost service) {
        return switch (tls.mode()) {
            case DISABLE -> new Tls.None();
            case ISTIO_MUTUAL ->
                new Tls.Mutual(
                        tls.sni().isEmpty() ? sni : tls.sni(),
                        tls.names().isEmpty() ? identities(service) : tls.names());
            // As in Istio a rule that names a Secret is not for sidecars unless it selects them: they speak as if it
            // said nothing of TLS, mostly to a gateway that it is for.
            case SIMPLE, MUTUAL -> tls.secret().isPresent() && !said.secrets() ? new Tls.None() : foreign(tls, service);
        };
    }

    /** A ServiceEntry may name whom its host's certificate is for. */
    private Tls.Foreign foreign(ClientTls tls, MeshHost service) {
        boolean careless = tls.trust() instanceof Trust.Anyone;
        boolean untold = tls.sni().isEmpty() && tls.names().isEmpty();
        return new Tls.Foreign(
                tls.sni(),
                !tls.names().isEmpty() || careless || service.isService() ? tls.names() : identities(service),
                untold && !careless,
                tls.trust(),
                tls.shown());
    }

    private static boolean isPassedThrough(Policy policy) {
        return policy.settings()
                .loadBalancer()
                .map(LoadBalancer::balancing)
                .filter(Balancing.PassThrough.class::isInstance)
                .isPresent();
    }

    /** Who passes connections on cannot tell which pod they will reach. */
    private boolean everyPodHasSidecar(MeshHost service) {
        return registry.workloads(service).stream().allMatch(workload -> workload.kind() == PodKind.SIDECAR);
    }

    /** The identities a client accepts: those of all workloads, running or not, so that a crash changes no cluster. */
    private List<String> identities(MeshHost service) {
        var pods = registry.workloads(service).stream().map(Workload::serviceAccount);
        var entries = registry.workloadEntries(service).stream().map(WorkloadEntry::member);
        var written = service.entries().values().stream().flatMap(entry -> entry.endpoints().stream());
        var accounts = Stream.concat(
                        pods, Stream.concat(entries, written).flatMap(member -> member.serviceAccount().stream()))
                .flatMap(account -> spiffe(service.namespace(), account));
        return Stream.concat(accounts, service.subjectAltNames().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A workload may still have a certificate of a trust domain that means the same. */
    private Stream<String> spiffe(String namespace, String account) {
        return Stream.concat(
                        Stream.of(registry.topology().trustDomain()),
                        registry.manifests().meshConfig().trustDomainAliases().stream())
                .distinct()
                .map(domain -> "spiffe://" + domain + "/ns/" + namespace + "/sa/" + account);
    }
}
