package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.explain.Explanation.Other;
import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.registry.Hosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a proxy decides about an HTTP request.
 *
 * @param host the virtual host that the Host header selects
 * @param route the first of its routes that matches
 */
record Decision(Optional<VirtualHost> host, Optional<Route> route) {
    /** What Envoy answers when nobody is there. */
    static final int UNAVAILABLE = 503;

    private static final int NOT_FOUND = 404;

    static Decision of(Optional<VirtualHost> host, RequestMatcher matcher) {
        // Before it looks at routes, Envoy sends clients away that should come by HTTPS.
        var routes = host.filter(h -> !h.httpsOnly()).map(VirtualHost::routes).orElse(List.of());
        return new Decision(
                host, routes.stream().filter(r -> matcher.matches(r.match())).findFirst());
    }

    private boolean sendsToHttps() {
        return host.filter(VirtualHost::httpsOnly).isPresent();
    }

    List<RouteAction.Destination> destinations() {
        return forward().map(RouteAction.Forward::destinations).orElse(List.of());
    }

    List<Hashing> hashing() {
        return forward().map(RouteAction.Forward::hashing).orElse(List.of());
    }

    /** Returns the status for requests whose cluster does not exist. */
    int missing() {
        return forward().flatMap(RouteAction.Forward::missing).orElse(UNAVAILABLE);
    }

    private Optional<RouteAction.Forward> forward() {
        return route.map(Route::action)
                .flatMap(action ->
                        action instanceof RouteAction.Forward forward ? Optional.of(forward) : Optional.empty());
    }

    String action() {
        return route.map(Decision::action).orElse(sendsToHttps() ? "redirect 301" : "not found");
    }

    private static String action(Route route) {
        return switch (route.action()) {
            case RouteAction.Forward forward -> "forward";
            case RouteAction.PassThrough passThrough -> "pass through";
            case RouteAction.Tunnel tunnel -> "tunnel";
            case RouteAction.Redirect redirect -> "redirect " + redirect.status();
            case RouteAction.DirectResponse(int status, RouteAction.Body body) ->
                route.name().equals("block_all") ? "blocked " + status : "direct response " + status;
        };
    }

    Effects effects(Outcome outcome) {
        return route.map(outcome::of)
                .orElseGet(() ->
                        sendsToHttps() ? outcome.toHttps() : Effects.answered(NOT_FOUND, null, HeaderChanges.NONE));
    }

    List<String> notes() {
        var result = new ArrayList<String>();
        if (sendsToHttps()) {
            result.add("plain HTTP is redirected to HTTPS");
        } else if (route.isEmpty()) {
            result.add("no route matches: the proxy answers 404 (NR)");
        }
        return result;
    }

    /** Returns why the other rules for the host do not decide. */
    List<Other> others(OtherRules rules, RequestMatcher matcher, String authority, String namespace) {
        return host.map(h -> rules.of(h, route, matcher, fullName(h, authority, namespace)))
                .orElse(List.of());
    }

    /** A virtual host for one name has the full form of it. */
    private static String fullName(VirtualHost host, String authority, String namespace) {
        String name = DomainSearch.withoutPort(host.name());
        boolean forOneName = name.contains(".") && !name.startsWith("*");
        return forOneName ? name : Hosts.requested(DomainSearch.withoutPort(authority), namespace);
    }
}
