package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.credential.CredentialChecks;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.traffic.ClientTls;
import dev.binnacle.mesh.istio.traffic.ClientTls.Mode;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.stream.Stream;

/** TLS that DestinationRules begin: whom it believes, and the Secrets for it: who is told them, and whether they serve. */
final class OriginationChecks {
    private final Registry registry;
    private final Rules rules;
    private final CredentialChecks credentials;

    OriginationChecks(Registry registry, Rules rules) {
        this.registry = registry;
        this.rules = rules;
        this.credentials = new CredentialChecks(registry.manifests());
    }

    void run(Problems problems) {
        for (var rule : registry.manifests().destinationRules()) {
            settings(rule).forEach(tls -> checkName(rule, tls, problems));
            var named = bySecret(rule).toList();
            if (!named.isEmpty()) {
                var clients = clients(rule, named);
                named.forEach(tls -> check(rule, tls, clients, problems));
            }
        }
    }

    private static Stream<ClientTls> bySecret(DestinationRule rule) {
        return settings(rule).filter(tls -> tls.secret().isPresent());
    }

    private static Stream<ClientTls> settings(DestinationRule rule) {
        return Stream.concat(Stream.of(rule.policy()), rule.subsets().stream().map(DestinationRule.Subset::policy))
                .flatMap(Policy::everySetting)
                .flatMap(settings -> settings.tls().stream());
    }

    /** As in Istio a name that is asked for is not looked for; the request's host is, where none is written. */
    private void checkName(DestinationRule rule, ClientTls tls, Problems problems) {
        boolean foreign = tls.mode() == Mode.SIMPLE || tls.mode() == Mode.MUTUAL;
        boolean unnamed = !tls.sni().isEmpty() && tls.names().isEmpty() && !(tls.trust() instanceof Trust.Anyone);
        if (foreign
                && unnamed
                && registry.covered(Rules.hostOf(rule))
                        .anyMatch(host ->
                                host.isService() || host.subjectAltNames().isEmpty())) {
            problems.add(
                    DiagnosticCode.ANY_NAME_WILL_DO,
                    tls.place(),
                    "with sni and without subjectAltNames the server's certificate may be for any name: nobody looks"
                            + " for " + tls.sni() + " in it",
                    "Add subjectAltNames: [" + tls.sni() + "], or remove sni: then the request's host is asked and"
                            + " looked for");
        }
    }

    /** Returns the workloads whose proxies follow what a rule says. */
    private List<Workload> clients(DestinationRule rule, List<ClientTls> said) {
        var hosts = registry.covered(Rules.hostOf(rule)).toList();
        return registry.manifests().workloads().stream()
                .filter(workload -> workload.kind() != PodKind.PLAIN)
                .filter(workload -> hosts.stream().anyMatch(host -> follows(workload, host, said)))
                .toList();
    }

    private boolean follows(Workload workload, MeshHost host, List<ClientTls> said) {
        return rules.of(workload, host).stream()
                .flatMap(OriginationChecks::bySecret)
                .anyMatch(said::contains);
    }

    private void check(DestinationRule rule, ClientTls tls, List<Workload> clients, Problems problems) {
        var secret = tls.secret().orElseThrow();
        var told = clients.stream()
                .filter(client ->
                        client.kind() == PodKind.GATEWAY || rule.clients().isPresent())
                .toList();
        credentials.client(tls, told, problems);
        if (told.size() < clients.size()) {
            problems.add(
                    DiagnosticCode.CREDENTIAL_NOT_FOR_SIDECARS,
                    secret.place(),
                    "sidecars are not told Secrets by a rule for all clients: to "
                            + rule.host().text()
                            + " they send what applications send, as it is, without TLS of their own",
                    "Select those that shall begin TLS, by workloadSelector; or keep the rule from others, by exportTo");
        }
    }
}
