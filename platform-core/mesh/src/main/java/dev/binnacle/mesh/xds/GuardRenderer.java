package dev.binnacle.mesh.xds;

import com.google.protobuf.Message;
import dev.binnacle.mesh.ir.access.Access;
import dev.binnacle.mesh.ir.access.Guard;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.List;
import java.util.stream.Stream;

/** Renders what a proxy asks of what comes in: filters before all others that do something with it. */
final class GuardRenderer {
    private GuardRenderer() {}

    /** Returns the filters of a pod's own application. */
    static List<HttpFilter> ofPod(Guard guard) {
        return requests(guard, false);
    }

    /** Returns the filters of a gateway, whose routes may depend on what a token says. */
    static List<HttpFilter> ofGateway(Guard guard) {
        return requests(guard, true);
    }

    private static List<HttpFilter> requests(Guard guard, boolean routesAgain) {
        var tokens = Stream.of(guard.tokens())
                .filter(rules -> !rules.isEmpty())
                .map(rules -> filter(TokenRenderer.NAME, TokenRenderer.render(rules, routesAgain)));
        var accesses = guard.requests().stream().map(access -> filter("envoy.filters.http.rbac", http(access)));
        return Stream.concat(tokens, accesses).toList();
    }

    private static HttpFilter filter(String name, Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Protos.any(config))
                .build();
    }

    static List<Filter> connections(Guard guard) {
        return guard.connections().stream()
                .map(access -> Filter.newBuilder()
                        .setName("envoy.filters.network.rbac")
                        .setTypedConfig(Protos.any(network(access)))
                        .build())
                .toList();
    }

    private static Message http(Access access) {
        var result = io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.newBuilder();
        access.enforced().map(rules -> rules(access, rules)).ifPresent(result::setRules);
        access.tried()
                .map(rules -> rules(access, rules))
                .ifPresent(rules -> result.setShadowRules(rules).setShadowRulesStatPrefix(triedPrefix(access)));
        return result.build();
    }

    private static Message network(Access access) {
        var result = io.envoyproxy
                .envoy
                .extensions
                .filters
                .network
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setStatPrefix("tcp.");
        access.enforced().map(rules -> rules(access, rules)).ifPresent(result::setRules);
        access.tried()
                .map(rules -> rules(access, rules))
                .ifPresent(rules -> result.setShadowRules(rules).setShadowRulesStatPrefix(triedPrefix(access)));
        return result.build();
    }

    private static RBAC rules(Access access, List<dev.binnacle.mesh.ir.access.AccessRule> rules) {
        var result = RBAC.newBuilder()
                .setAction(
                        switch (access.action()) {
                            case AUDIT -> RBAC.Action.LOG;
                            case DENY -> RBAC.Action.DENY;
                            case ALLOW -> RBAC.Action.ALLOW;
                        });
        rules.forEach(rule -> result.putPolicies(rule.name(), AccessRuleRenderer.render(rule)));
        return result.build();
    }

    private static String triedPrefix(Access access) {
        return switch (access.action()) {
            case AUDIT -> "";
            case DENY -> "istio_dry_run_deny_";
            case ALLOW -> "istio_dry_run_allow_";
        };
    }
}
