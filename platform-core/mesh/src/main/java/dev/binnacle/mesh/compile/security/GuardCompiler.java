package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.access.Access;
import dev.binnacle.mesh.ir.access.Access.Action;
import dev.binnacle.mesh.ir.access.AccessRule;
import dev.binnacle.mesh.ir.access.Guard;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.istio.security.AuthorizationPolicy;
import dev.binnacle.mesh.istio.security.RequestAuthentication;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes what a proxy asks of what comes in, from the policies for its pod. */
public final class GuardCompiler {
    private static final List<Action> ORDER = List.of(Action.AUDIT, Action.DENY, Action.ALLOW);

    /** The resources for a pod. */
    private record Own(List<RequestAuthentication> tokens, List<AuthorizationPolicy> policies, OpenPorts ports) {}

    private final Manifests manifests;
    private final TrustDomains trustDomains;
    private final TokenCompiler tokens;
    private final int lowestPort;
    private final Map<Own, Guard> made = new HashMap<>();

    public GuardCompiler(Manifests manifests, MeshTopology topology) {
        this.manifests = manifests;
        this.trustDomains = new TrustDomains(
                Stream.concat(Stream.of(topology.trustDomain()), manifests.meshConfig().trustDomainAliases().stream())
                        .toList());
        this.lowestPort = topology.lowestPort();
        this.tokens = new TokenCompiler(topology.keySets());
    }

    /** Returns what the proxy of a pod asks; pods with the same policies share it. */
    public Guard of(Pod pod) {
        if (pod.kind() == PodKind.PLAIN) {
            return Guard.OPEN;
        }
        var own = new Own(
                manifests.requestAuthentications().stream()
                        .filter(resource -> covers(resource.ref(), resource.target(), pod))
                        // What is of the pod's own namespace goes first.
                        .sorted(Comparator.comparing(
                                resource -> !resource.ref().namespace().equals(pod.namespace())))
                        .toList(),
                manifests.authorizationPolicies().stream()
                        .filter(policy -> covers(policy.ref(), policy.target(), pod))
                        .toList(),
                OpenPorts.of(pod, lowestPort));
        return made.computeIfAbsent(own, this::guard);
    }

    private static boolean covers(ResourceRef ref, PolicyTarget target, Pod pod) {
        return target.covers(ref.namespace(), pod.namespace(), pod.labels());
    }

    private Guard guard(Own own) {
        return new Guard(
                tokens.compile(own.tokens()),
                accesses(own.policies(), new RuleCompiler.ForRequests(trustDomains, own.ports())),
                accesses(own.policies(), new RuleCompiler.ForConnections(trustDomains, own.ports())));
    }

    private static List<Access> accesses(List<AuthorizationPolicy> own, RuleCompiler rules) {
        return ORDER.stream()
                .flatMap(action ->
                        access(
                                action,
                                own.stream()
                                        .filter(policy -> policy.action() == action)
                                        .toList(),
                                rules)
                                .stream())
                .toList();
    }

    private static Optional<Access> access(Action action, List<AuthorizationPolicy> own, RuleCompiler rules) {
        var tried = own.stream().filter(AuthorizationPolicy::dryRun).toList();
        var enforced = own.stream().filter(policy -> !policy.dryRun()).toList();
        return own.isEmpty()
                ? Optional.empty()
                : Optional.of(new Access(action, all(enforced, rules), all(tried, rules)));
    }

    private static Optional<List<AccessRule>> all(List<AuthorizationPolicy> policies, RuleCompiler rules) {
        return policies.isEmpty()
                ? Optional.empty()
                : Optional.of(policies.stream().flatMap(p -> rules(p, rules)).toList());
    }

    private static Stream<AccessRule> rules(AuthorizationPolicy policy, RuleCompiler rules) {
        if (policy.rules().isEmpty()) {
            return Stream.of(new AccessRule(name(policy, 0), policy.origin(), List.of(), List.of()));
        }
        return IntStream.range(0, policy.rules().size())
                .boxed()
                .flatMap(i -> rules.compile(policy, policy.rules().get(i), name(policy, i)).stream());
    }

    private static String name(AuthorizationPolicy policy, int rule) {
        return "ns[" + policy.ref().namespace() + "]-policy[" + policy.ref().name() + "]-rule[" + rule + "]";
    }
}
