package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.access.Access.Action;
import dev.binnacle.mesh.istio.security.Attribute;
import dev.binnacle.mesh.istio.security.AuthorizationPolicy;
import dev.binnacle.mesh.istio.security.AuthorizationPolicy.Rule;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.Registry;
import java.util.List;
import java.util.stream.Stream;

/** AuthorizationPolicies and the pods they are for. */
final class AuthorizationChecks {
    private final Registry registry;

    AuthorizationChecks(Registry registry) {
        this.registry = registry;
    }

    void run(Problems problems) {
        for (var policy : registry.manifests().authorizationPolicies()) {
            var workloads = PolicyTargets.selected(registry, policy.ref().namespace(), policy.target());
            PolicyTargets.check(policy.ref().namespace(), policy.target(), workloads, problems);
            boolean tokens = workloads.isEmpty() || workloads.stream().anyMatch(this::readsTokens);
            for (var rule : policy.rules()) {
                if (!tokens) {
                    attributes(rule).forEach(attribute -> checkToken(attribute, problems));
                }
                attributes(rule).forEach(attribute -> check(attribute, workloads, problems));
                checkConnections(policy, rule, workloads, problems);
            }
        }
    }

    private boolean readsTokens(Workload workload) {
        return registry.manifests().requestAuthentications().stream()
                .anyMatch(resource ->
                        resource.target().covers(resource.ref().namespace(), workload.namespace(), workload.labels()));
    }

    private static void checkToken(Attribute attribute, Problems problems) {
        if (attribute.key().kind().isOfToken() && !attribute.values().isEmpty()) {
            problems.add(
                    DiagnosticCode.POLICY_NEVER,
                    attribute.place(),
                    "no RequestAuthentication is for these pods, which read no tokens, so nothing matches this",
                    "Add a RequestAuthentication for the issuer of the tokens");
        }
    }

    private static Stream<Attribute> attributes(Rule rule) {
        return Stream.of(
                        rule.from().stream().flatMap(List::stream),
                        rule.to().stream().flatMap(List::stream),
                        rule.when().stream())
                .flatMap(part -> part);
    }

    private static void check(Attribute attribute, List<Workload> workloads, Problems problems) {
        NeverMatching.reason(attribute)
                .ifPresent(never -> problems.add(
                        DiagnosticCode.POLICY_NEVER,
                        attribute.place(),
                        never.reason() + ", so nothing matches this",
                        never.fix()));
        if (attribute.key().kind() == dev.binnacle.mesh.istio.security.AttributeKey.Kind.DESTINATION_PORT) {
            Stream.concat(attribute.values().stream(), attribute.notValues().stream())
                    .distinct()
                    .filter(port -> !workloads.isEmpty() && workloads.stream().noneMatch(w -> listens(w, port)))
                    .forEach(port -> problems.add(
                            DiagnosticCode.POLICY_PORT,
                            attribute.place(),
                            "no selected pod has the containerPort " + port,
                            "Use the number of a containerPort, not that of a Service's port"));
        }
    }

    private static boolean listens(Workload workload, String port) {
        return workload.ports().values().stream().map(String::valueOf).anyMatch(port::equals);
    }

    /** What is denied by attributes that a connection lacks is denied whatever they are, as nobody can tell. */
    private static void checkConnections(
            AuthorizationPolicy policy, Rule rule, List<Workload> workloads, Problems problems) {
        boolean others = attributes(rule).anyMatch(a -> !a.key().kind().isOfHttp());
        boolean http = attributes(rule).anyMatch(a -> a.key().kind().isOfHttp());
        if (policy.action() == Action.DENY && http && !others && !workloads.isEmpty()) {
            problems.add(
                    DiagnosticCode.POLICY_DENIES_CONNECTIONS,
                    rule.place(),
                    "the rule has attributes of HTTP only, which connections to TCP ports lack: it denies all of those",
                    "Name the ports that it is for, as to.operation.ports");
        }
    }
}
