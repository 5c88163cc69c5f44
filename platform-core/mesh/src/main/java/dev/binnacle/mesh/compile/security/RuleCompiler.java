package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.ir.access.Access.Action;
import dev.binnacle.mesh.ir.access.AccessRule;
import dev.binnacle.mesh.ir.access.Requirement;
import dev.binnacle.mesh.istio.security.Attribute;
import dev.binnacle.mesh.istio.security.AuthorizationPolicy;
import dev.binnacle.mesh.istio.security.AuthorizationPolicy.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes rules of policies what a proxy checks. */
abstract sealed class RuleCompiler {
    private final TrustDomains trustDomains;
    private final OperationCompiler operations;

    private RuleCompiler(TrustDomains trustDomains, OpenPorts ports) {
        this.trustDomains = trustDomains;
        this.operations = new OperationCompiler(ports);
    }

    /** Returns the rule; empty where it takes no effect. */
    abstract Optional<AccessRule> compile(AuthorizationPolicy policy, Rule rule, String name);

    /** For HTTP requests, which have all attributes. */
    static final class ForRequests extends RuleCompiler {
        ForRequests(TrustDomains trustDomains, OpenPorts ports) {
            super(trustDomains, ports);
        }

        @Override
        Optional<AccessRule> compile(AuthorizationPolicy policy, Rule rule, String name) {
            return Optional.of(rule(policy, rule, name));
        }
    }

    /**
     * For connections that carry something else. What they lack makes a rule allow nothing; what a rule denies or audits
     * is wider without it.
     */
    static final class ForConnections extends RuleCompiler {
        ForConnections(TrustDomains trustDomains, OpenPorts ports) {
            super(trustDomains, ports);
        }

        @Override
        Optional<AccessRule> compile(AuthorizationPolicy policy, Rule rule, String name) {
            if (policy.action() == Action.ALLOW && attributes(rule).anyMatch(ForConnections::isOfHttp)) {
                return Optional.empty();
            }
            return Optional.of(rule(policy, without(rule), name));
        }

        private static Stream<Attribute> attributes(Rule rule) {
            return Stream.of(
                            rule.from().stream().flatMap(List::stream),
                            rule.to().stream().flatMap(List::stream),
                            rule.when().stream())
                    .flatMap(part -> part);
        }

        private static Rule without(Rule rule) {
            return new Rule(
                    rule.place(),
                    rule.from().stream().map(ForConnections::without).toList(),
                    rule.to().stream().map(ForConnections::without).toList(),
                    without(rule.when()));
        }

        private static List<Attribute> without(List<Attribute> attributes) {
            return attributes.stream().filter(a -> !isOfHttp(a)).toList();
        }

        private static boolean isOfHttp(Attribute attribute) {
            return attribute.key().kind().isOfHttp();
        }
    }

    /** Conditions are requirements like those of each source or operation, whichever they are about. */
    AccessRule rule(AuthorizationPolicy policy, Rule rule, String name) {
        var sources = new SourceCompiler(trustDomains, policy.ref().namespace());
        return new AccessRule(
                name,
                rule.place().origin(),
                alternatives(
                        rule.to(),
                        rule.when().stream()
                                .filter(a -> a.key().kind().isOfOperation())
                                .toList(),
                        operations::compile),
                alternatives(
                        rule.from(),
                        rule.when().stream()
                                .filter(a -> !a.key().kind().isOfOperation())
                                .toList(),
                        sources::compile));
    }

    private static <T> List<List<Requirement<T>>> alternatives(
            List<List<Attribute>> written, List<Attribute> when, Function<Attribute, Stream<Requirement<T>>> compile) {
        var all = written.isEmpty() ? List.of(List.<Attribute>of()) : written;
        return all.stream()
                .map(one -> Stream.concat(one.stream(), when.stream())
                        .flatMap(compile)
                        .toList())
                .toList();
    }

    /** Returns what must hold, and what must not. */
    static <T> Stream<Requirement<T>> requirements(Attribute attribute, Function<List<String>, List<T>> alternatives) {
        return Stream.concat(
                Stream.of(attribute.values())
                        .filter(values -> !values.isEmpty())
                        .map(values -> new Requirement<>(false, alternatives.apply(values))),
                Stream.of(attribute.notValues())
                        .filter(values -> !values.isEmpty())
                        .map(values -> new Requirement<>(true, alternatives.apply(values))));
    }
}
