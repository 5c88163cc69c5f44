package dev.binnacle.mesh.explain;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.RouteMatch.PathMatch;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides as Envoy does whether a request matches a route. */
final class RequestMatcher {
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;

    RequestMatcher(WhyRequest request, String authority) {
        int mark = request.path().indexOf('?');
        this.path = mark < 0 ? request.path() : request.path().substring(0, mark);
        this.query = mark < 0 ? Map.of() : query(request.path().substring(mark + 1));
        this.headers = new TreeMap<>(request.headers());
        headers.put(":method", request.method());
        headers.put(":scheme", "http");
        headers.put(":authority", authority);
    }

    boolean matches(RouteMatch match) {
        return path(match.path())
                && match.headers().stream().allMatch(this::header)
                && match.query().stream().allMatch(q -> text(q.value(), Optional.ofNullable(query.get(q.parameter()))));
    }

    private boolean path(PathMatch match) {
        return switch (match) {
            case PathMatch.Exact(String exact, boolean fold) ->
                fold ? path.equalsIgnoreCase(exact) : path.equals(exact);
            case PathMatch.Prefix(String prefix, boolean fold) ->
                path.regionMatches(fold, 0, prefix, 0, prefix.length());
            case PathMatch.Regex(String regex) -> Pattern.matches(regex, path);
        };
    }

    private boolean header(RouteMatch.HeaderMatch match) {
        var value = Optional.ofNullable(headers.get(match.header().toLowerCase(Locale.ROOT)));
        boolean absentIsEmpty = match.inverted() && !(match.value() instanceof TextMatch.Present);
        return text(match.value(), absentIsEmpty ? value.or(() -> Optional.of("")) : value) != match.inverted();
    }

    private static boolean text(TextMatch match, Optional<String> value) {
        return switch (match) {
            case TextMatch.Present present -> value.isPresent();
            case TextMatch.Exact(String exact) -> value.filter(exact::equals).isPresent();
            case TextMatch.Prefix(String prefix) ->
                value.filter(v -> v.startsWith(prefix)).isPresent();
            case TextMatch.Regex(String regex) ->
                value.filter(v -> Pattern.matches(regex, v)).isPresent();
        };
    }

    private static Map<String, String> query(String text) {
        var result = new TreeMap<String, String>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            result.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return result;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
