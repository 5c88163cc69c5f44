package dev.binnacle.mesh.oracle;

import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What happens to requests, in the order in which it is decided. */
final class NormalRoutes {
    /** Binnacle's own: port 15001, and the answers to unknown hosts, which Istio gives where the traffic is captured. */
    private static final Set<String> OWN = Set.of("http_proxy", "allow_any", "block_all");

    /** Binnacle's own: whether the caller introduces itself by headers. */
    private static final String INTRODUCTION = "envoy.filters.http.header_mutation";

    private NormalRoutes() {}

    static Node tables(List<RouteConfiguration> tables) {
        var result = new Node();
        for (var table : tables) {
            if (!OWN.contains(table.getName())) {
                var hosts = new Node();
                for (var host : table.getVirtualHostsList()) {
                    if (OWN.contains(host.getName())) {
                        continue;
                    }
                    if (table.getName().startsWith("http.") || table.getName().startsWith("https.")) {
                        byDomain(host, hosts);
                    } else {
                        hosts.put(host.getName(), virtualHost(host));
                    }
                }
                result.put(table.getName(), hosts);
            }
        }
        return result;
    }

    /** Tells a gateway's virtual host once for each of its domains: which of them share one is not a matter of meaning. */
    private static void byDomain(VirtualHost host, Node hosts) {
        for (String domain : domains(host.getDomainsList())) {
            var one = virtualHost(host);
            one.remove("domains");
            // Otherwise it answers 404, as to hosts not named at all.
            if (one.containsKey("routes") || one.containsKey("requireTls")) {
                hosts.put(domain, one);
            }
        }
    }

    private static Node virtualHost(VirtualHost host) {
        var foreign = host.toBuilder().removeTypedPerFilterConfig(INTRODUCTION);
        return new Node()
                .with("domains", domains(host.getDomainsList()))
                .with(
                        "requireTls",
                        host.getRequireTlsValue() == 0
                                ? ""
                                : host.getRequireTls().name())
                .with("routes", routes(host.getRoutesList()))
                .with(
                        "other",
                        Protos.others(
                                foreign.build(),
                                "name",
                                "domains",
                                "routes",
                                "require_tls",
                                "include_request_attempt_count"));
    }

    /** Leaves ports out, which one side lists and the other ignores in the comparison, and addresses. */
    private static List<String> domains(List<String> domains) {
        return domains.stream()
                .map(domain -> domain.contains(":") ? domain.substring(0, domain.lastIndexOf(':')) : domain)
                .filter(name -> !name.startsWith("[") && !name.matches("[0-9.]+"))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Node> routes(List<Route> routes) {
        var result = new ArrayList<Node>();
        var seen = new HashSet<Object>();
        for (var route : routes) {
            var one = route(route);
            if (!seen.add(one.get("match"))) {
                continue; // an earlier route has the same match
            }
            result.add(one);
            if (takesEverything(route.getMatch())) {
                break; // nothing gets past it
            }
        }
        return result;
    }

    private static boolean takesEverything(RouteMatch match) {
        boolean anyPath =
                match.getPrefix().equals("/") || match.getSafeRegex().getRegex().equals(".*");
        return anyPath && match.getHeadersCount() == 0 && match.getQueryParametersCount() == 0;
    }

    private static Node route(Route route) {
        var request = NormalHeaders.changes(route.getRequestHeadersToAddList(), route.getRequestHeadersToRemoveList());
        var response =
                NormalHeaders.changes(route.getResponseHeadersToAddList(), route.getResponseHeadersToRemoveList());
        var result = new Node().with("name", route.getName()).with("match", match(route.getMatch()));
        switch (route.getActionCase()) {
            case ROUTE -> result.with("forward", forward(route.getRoute()));
            case REDIRECT -> result.with("redirect", redirect(route.getRedirect()));
            case DIRECT_RESPONSE -> result.with("directResponse", directResponse(route.getDirectResponse()));
            default -> result.with("action", route.getActionCase().name());
        }
        return result.with("requestHeaders", request)
                .with("responseHeaders", response)
                .with("fault", NormalFilters.fault(route))
                .with("cors", NormalFilters.cors(route))
                .with(
                        "other",
                        Protos.others(
                                route,
                                "typed_per_filter_config",
                                "name",
                                "match",
                                "route",
                                "redirect",
                                "direct_response",
                                "metadata",
                                "request_headers_to_add",
                                "request_headers_to_remove",
                                "response_headers_to_add",
                                "response_headers_to_remove"));
    }

    private static Node match(RouteMatch match) {
        return new Node()
                .with("path", match.getPath())
                .with("prefix", match.getPrefix())
                .with("regex", match.getSafeRegex().getRegex())
                .with("pathSeparatedPrefix", match.getPathSeparatedPrefix())
                .with(
                        "ignoreCase",
                        !(match.getPath() + match.getPrefix()).replace("/", "").isEmpty()
                                && match.hasCaseSensitive()
                                && !match.getCaseSensitive().getValue())
                .with("headers", NormalHeaders.conditions(match.getHeadersList()))
                .with("query", NormalHeaders.queryConditions(match.getQueryParametersList()))
                .with(
                        "other",
                        Protos.others(
                                match,
                                "path",
                                "prefix",
                                "safe_regex",
                                "path_separated_prefix",
                                "case_sensitive",
                                "headers",
                                "query_parameters"));
    }

    private static Node forward(RouteAction action) {
        var rewrite = action.getRegexRewrite();
        return new Node()
                .with("to", destinations(action))
                .with("timeout", Protos.millis(action.getTimeout()))
                .with("rewritePrefix", action.getPrefixRewrite())
                .with(
                        "rewriteRegex",
                        new Node()
                                .with("regex", rewrite.getPattern().getRegex())
                                .with("substitution", rewrite.getSubstitution()))
                .with("rewriteHost", action.getHostRewriteLiteral())
                .with(
                        "hash",
                        action.getHashPolicyList().stream().map(Protos::plain).toList())
                .with("retries", action.hasRetryPolicy() ? retries(action.getRetryPolicy()) : new Node())
                .with(
                        "mirrors",
                        action.getRequestMirrorPoliciesList().stream()
                                .map(mirror -> new Node()
                                        .with("cluster", mirror.getCluster())
                                        .with(
                                                "millionths",
                                                mirror.getRuntimeFraction()
                                                        .getDefaultValue()
                                                        .getNumerator()))
                                .toList())
                .with(
                        "missing",
                        action.getClusterNotFoundResponseCodeValue() == 0
                                ? ""
                                : action.getClusterNotFoundResponseCode().name())
                .with(
                        "other",
                        Protos.others(
                                action,
                                "cluster_not_found_response_code",
                                "request_mirror_policies",
                                "cluster",
                                "weighted_clusters",
                                "timeout",
                                "prefix_rewrite",
                                "regex_rewrite",
                                "host_rewrite_literal",
                                "retry_policy",
                                "max_grpc_timeout",
                                "hash_policy"));
    }

    private static List<Node> destinations(RouteAction action) {
        if (action.hasCluster()) {
            return List.of(new Node().with("cluster", action.getCluster()));
        }
        return action.getWeightedClusters().getClustersList().stream()
                .map(cluster -> new Node()
                        .with("cluster", cluster.getName())
                        .with("weight", cluster.getWeight().getValue())
                        .with("rewriteHost", cluster.getHostRewriteLiteral())
                        .with("requestHeaders", requestChanges(cluster))
                        .with("responseHeaders", responseChanges(cluster)))
                .toList();
    }

    private static Node requestChanges(ClusterWeight cluster) {
        return NormalHeaders.changes(cluster.getRequestHeadersToAddList(), cluster.getRequestHeadersToRemoveList());
    }

    private static Node responseChanges(ClusterWeight cluster) {
        return NormalHeaders.changes(cluster.getResponseHeadersToAddList(), cluster.getResponseHeadersToRemoveList());
    }

    private static Node retries(RetryPolicy policy) {
        var result = new Node();
        result.put("attempts", policy.hasNumRetries() ? policy.getNumRetries().getValue() : 1);
        return result.with(
                        "on",
                        Stream.of(policy.getRetryOn().split(",", -1))
                                .filter(word -> !word.isEmpty())
                                .sorted()
                                .toList())
                .with("codes", policy.getRetriableStatusCodesList())
                .with("perTry", Protos.millis(policy.getPerTryTimeout()))
                .with("backoff", Protos.millis(policy.getRetryBackOff().getBaseInterval()))
                .with("otherHost", policy.getRetryHostPredicateCount() > 0)
                .with("otherLocality", policy.hasRetryPriority())
                .with(
                        "other",
                        Protos.others(
                                policy,
                                "retry_priority",
                                "num_retries",
                                "retry_on",
                                "retriable_status_codes",
                                "per_try_timeout",
                                "retry_back_off",
                                "retry_host_predicate",
                                "host_selection_retry_max_attempts"));
    }

    private static Node redirect(RedirectAction redirect) {
        return new Node()
                .with("host", redirect.getHostRedirect())
                .with("path", redirect.getPathRedirect())
                .with("prefix", redirect.getPrefixRewrite())
                .with("scheme", redirect.getSchemeRedirect())
                .with("https", redirect.getHttpsRedirect())
                .with("port", redirect.getPortRedirect())
                .with("code", redirect.getResponseCode().name());
    }

    private static Node directResponse(DirectResponseAction answer) {
        return new Node()
                .with("status", answer.getStatus())
                .with("body", answer.getBody().getInlineString())
                .with(
                        "bytes",
                        Base64.getEncoder()
                                .encodeToString(
                                        answer.getBody().getInlineBytes().toByteArray()));
    }
}
