package dev.binnacle.mesh.explain;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.RouteMatch.HeaderMatch;
import dev.binnacle.mesh.ir.RouteMatch.PathMatch;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Decides as Envoy does whether a request matches a route, and says why not. */
final class RequestMatcher {
    private final RequestPath path;
    private final Map<String, String> query;
    private final Map<String, String> headers;

    RequestMatcher(WhyRequest request, RequestPath path, String authority) {
        this.path = path;
        this.query = path.parameters();
        this.headers = new TreeMap<>(request.headers());
        headers.put(":method", request.method());
        headers.put(":scheme", "http");
        headers.put(":authority", authority);
    }

    boolean matches(RouteMatch match) {
        return unmet(match).isEmpty();
    }

    /** Returns the conditions that do not hold, a reason each. */
    List<String> unmet(RouteMatch match) {
        return Stream.of(
                        Stream.of(match.path()).filter(p -> !holds(p)).map(this::reason),
                        match.headers().stream().filter(h -> !holds(h)).map(this::reason),
                        match.query().stream()
                                .filter(q -> !holds(q.value(), value(q.parameter())))
                                .map(q -> "query parameter " + q.parameter() + " "
                                        + reason(q.value(), value(q.parameter()))))
                .flatMap(reasons -> reasons)
                .toList();
    }

    private Optional<String> value(String parameter) {
        return Optional.ofNullable(query.get(parameter));
    }

    private boolean holds(PathMatch match) {
        String written = path.path();
        // A request for a tunnel has no path, so conditions on paths do not hold for it.
        boolean tunnel = "CONNECT".equals(headers.get(":method"));
        return tunnel == match instanceof PathMatch.Connect
                && switch (match) {
                    case PathMatch.Connect connect -> true;
                    case PathMatch.Exact(String exact, boolean fold) ->
                        fold ? written.equalsIgnoreCase(exact) : written.equals(exact);
                    case PathMatch.Prefix(String prefix, boolean fold) ->
                        written.regionMatches(fold, 0, prefix, 0, prefix.length());
                    case PathMatch.Segments(String prefix) ->
                        written.equals(prefix) || written.startsWith(prefix + "/");
                    case PathMatch.Regex(String regex) -> Pattern.matches(regex, written);
                };
    }

    private String reason(PathMatch match) {
        String wanted = switch (match) {
            case PathMatch.Connect tunnel -> "is asked for by another method than CONNECT";
            case PathMatch.Exact(String exact, boolean fold) -> "is not \"" + exact + "\"" + folded(fold);
            case PathMatch.Prefix(String prefix, boolean fold) ->
                "does not begin with \"" + prefix + "\"" + folded(fold);
            case PathMatch.Segments(String prefix) -> "does not begin with the segments \"" + prefix + "\"";
            case PathMatch.Regex(String regex) -> "does not match the regex \"" + regex + "\" as a whole";
        };
        return "path \"" + path.path() + "\" " + wanted;
    }

    private static String folded(boolean fold) {
        return fold ? " in any case" : "";
    }

    private Optional<String> value(HeaderMatch match) {
        return Optional.ofNullable(headers.get(match.header().toLowerCase(Locale.ROOT)));
    }

    private boolean holds(HeaderMatch match) {
        var value = value(match);
        boolean absentIsEmpty = match.inverted() && !(match.value() instanceof TextMatch.Present);
        return holds(match.value(), absentIsEmpty ? value.or(() -> Optional.of("")) : value) != match.inverted();
    }

    private String reason(HeaderMatch match) {
        String name = match.header().startsWith(":") ? match.header().substring(1) : "header " + match.header();
        return match.inverted()
                ? name + " is \"" + value(match).orElse("") + "\", which withoutHeaders excludes"
                : name + " " + reason(match.value(), value(match));
    }

    private static boolean holds(TextMatch match, Optional<String> value) {
        return switch (match) {
            case TextMatch.Present present -> value.isPresent();
            case TextMatch.Exact(String exact) -> value.filter(exact::equals).isPresent();
            case TextMatch.Prefix(String prefix) ->
                value.filter(v -> v.startsWith(prefix)).isPresent();
            case TextMatch.Regex(String regex) ->
                value.filter(v -> Pattern.matches(regex, v)).isPresent();
        };
    }

    private static String reason(TextMatch match, Optional<String> value) {
        String wanted = switch (match) {
            case TextMatch.Present present -> "any value";
            case TextMatch.Exact(String exact) -> "\"" + exact + "\"";
            case TextMatch.Prefix(String prefix) -> "a value that begins with \"" + prefix + "\"";
            case TextMatch.Regex(String regex) -> "a value that matches the regex \"" + regex + "\"";
        };
        return "is " + value.map(v -> "\"" + v + "\"").orElse("absent") + ", wanted " + wanted;
    }
}
