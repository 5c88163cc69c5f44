package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.RouteMatch.HeaderMatch;
import dev.binnacle.mesh.ir.RouteMatch.PathMatch;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.istio.CallerMatch;
import dev.binnacle.mesh.istio.ConnectionRule;
import dev.binnacle.mesh.istio.VirtualService;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions and actions as a person would say them. */
final class Words {
    private Words() {}

    /** Returns the conditions of a rule for requests. */
    static String when(List<VirtualService.Match> matches) {
        return matches.isEmpty()
                ? "every request"
                : matches.stream().map(Words::when).distinct().collect(Collectors.joining(", or "));
    }

    private static String when(VirtualService.Match match) {
        var parts = new ArrayList<String>();
        var request = match.request().routeMatch();
        if (!request.path().equals(RouteMatch.EVERYTHING.path())) {
            parts.add("the path " + path(request.path()));
        }
        request.headers().forEach(header -> parts.add(header(header)));
        request.query().forEach(query -> parts.add("query parameter " + query.parameter() + " " + text(query.value())));
        caller(match, parts);
        return parts.isEmpty() ? "every request" : String.join(" and ", parts);
    }

    /** Returns the conditions of a rule for connections. */
    static String whenConnected(List<ConnectionRule.Match> matches) {
        return matches.isEmpty()
                ? "every connection"
                : matches.stream().map(Words::when).distinct().collect(Collectors.joining(", or "));
    }

    private static String when(ConnectionRule.Match match) {
        var parts = new ArrayList<String>();
        if (!match.names().isEmpty()) {
            parts.add("the client asks for " + String.join(" or ", match.names()) + " (SNI)");
        }
        if (!match.subnets().isEmpty()) {
            parts.add("the address is in " + String.join(" or ", match.subnets()));
        }
        caller(match, parts);
        return parts.isEmpty() ? "every connection" : String.join(" and ", parts);
    }

    private static void caller(CallerMatch match, List<String> parts) {
        match.port().ifPresent(port -> parts.add("port " + port + " is called"));
        match.sourceLabels().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(label -> parts.add("the caller has the label " + label.getKey() + "=" + label.getValue()));
        match.sourceNamespace().ifPresent(namespace -> parts.add("the caller is in namespace " + namespace));
        if (!match.gateways().isEmpty()) {
            parts.add("it comes through " + match.gateways().stream().sorted().collect(Collectors.joining(" or ")));
        }
    }

    private static String path(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact(String exact, boolean fold) -> "is " + quoted(exact) + folded(fold);
            case PathMatch.Prefix(String prefix, boolean fold) -> "begins with " + quoted(prefix) + folded(fold);
            case PathMatch.Segments(String prefix) -> "begins with the segments " + quoted(prefix);
            case PathMatch.Regex(String regex) -> "matches " + quoted(regex);
            case PathMatch.Connect tunnel -> "is that of a tunnel";
        };
    }

    private static String folded(boolean fold) {
        return fold ? " in any case" : "";
    }

    private static String header(HeaderMatch header) {
        String name =
                header.header().startsWith(":") ? "the " + header.header().substring(1) : "header " + header.header();
        return (header.inverted() ? "not: " : "") + name + " " + text(header.value());
    }

    private static String text(TextMatch match) {
        return switch (match) {
            case TextMatch.Present present -> "is there";
            case TextMatch.Exact(String exact) -> "is " + quoted(exact);
            case TextMatch.Prefix(String prefix) -> "begins with " + quoted(prefix);
            case TextMatch.Regex(String regex) -> "matches " + quoted(regex);
        };
    }

    /** Returns where a rule sends requests, with their shares. */
    static String then(List<Routing.Destination> destinations) {
        long all = destinations.stream().mapToLong(Routing.Destination::weight).sum();
        return destinations.size() == 1
                ? "to " + named(destinations.getFirst())
                : destinations.stream()
                        .map(d -> share(d.weight(), all) + " to " + named(d))
                        .collect(Collectors.joining(", "));
    }

    private static String named(Routing.Destination destination) {
        String pods = destination.subset() == null ? "all pods of " : destination.subset() + " of ";
        return pods + destination.host() + (destination.port() == null ? "" : " port " + destination.port());
    }

    private static String share(long weight, long all) {
        return all == 0
                ? "0 %"
                : BigDecimal.valueOf(100 * weight)
                                .divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " %";
    }

    /** Returns what an action other than sending requests on does. */
    static String then(RouteAction action) {
        return switch (action) {
            case RouteAction.Redirect redirect -> "redirected with " + redirect.status() + target(redirect);
            case RouteAction.DirectResponse response -> "answered " + response.status() + " by the proxy";
            case RouteAction.Forward forward -> "sent on";
            case RouteAction.PassThrough through -> "sent wherever they ask for";
            case RouteAction.Tunnel tunnel -> "carried to " + tunnel.cluster();
        };
    }

    private static String target(RouteAction.Redirect redirect) {
        var parts = new ArrayList<String>();
        redirect.scheme().ifPresent(scheme -> parts.add("scheme " + scheme));
        redirect.host().ifPresent(host -> parts.add("host " + host));
        redirect.port().ifPresent(port -> parts.add("port " + port));
        redirect.path().or(redirect::prefix).ifPresent(path -> parts.add("path " + path));
        return parts.isEmpty() ? "" : " to " + String.join(", ", parts);
    }

    /** Returns a number of percent. */
    static String percent(double percent) {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + " %";
    }

    /** Returns a text that somebody wrote. */
    static String quoted(String text) {
        return "\"" + dev.binnacle.mesh.diagnostic.Inert.shortened(text) + "\"";
    }
}
