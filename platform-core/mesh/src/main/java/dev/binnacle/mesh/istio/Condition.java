package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.RouteMatch.HeaderMatch;
import dev.binnacle.mesh.ir.RouteMatch.PathMatch;
import dev.binnacle.mesh.ir.RouteMatch.QueryMatch;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a rule asks of a request: all of it must hold.
 *
 * @param ignoresCase whether capital letters make no difference in the path
 * @param segments whether a prefix of the path ends where one of its segments does
 * @param pseudoHeaders conditions on {@code authority}, {@code method} and {@code scheme}
 * @param withoutHeaders conditions that must not hold
 */
public record Condition(
        Optional<TextMatch> uri,
        boolean ignoresCase,
        boolean segments,
        SortedMap<String, TextMatch> pseudoHeaders,
        SortedMap<String, TextMatch> headers,
        SortedMap<String, TextMatch> withoutHeaders,
        SortedMap<String, TextMatch> query) {
    /** Asks for nothing. */
    public static final Condition ANY = new Condition(
            Optional.empty(),
            false,
            false,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());

    /** Returns the condition as a proxy checks it. */
    public RouteMatch routeMatch() {
        var all = new ArrayList<HeaderMatch>();
        pseudoHeaders.forEach((name, value) -> all.add(new HeaderMatch(":" + name, value, false)));
        headers.forEach((name, value) -> all.add(new HeaderMatch(name, value, false)));
        withoutHeaders.forEach((name, value) -> all.add(new HeaderMatch(name, value, true)));
        return new RouteMatch(path(), List.copyOf(all), queries(query));
    }

    private PathMatch path() {
        return switch (uri.orElse(new TextMatch.Present())) {
            case TextMatch.Present present -> new PathMatch.Prefix("/", false);
            case TextMatch.Exact(String path) -> new PathMatch.Exact(path, ignoresCase);
            case TextMatch.Prefix(String prefix) when segments && !prefix.equals("/") -> new PathMatch.Segments(prefix);
            case TextMatch.Prefix(String prefix) -> new PathMatch.Prefix(prefix, ignoresCase);
            case TextMatch.Regex(String regex) -> new PathMatch.Regex(regex);
        };
    }

    private static List<QueryMatch> queries(Map<String, TextMatch> query) {
        return query.entrySet().stream()
                .map(e -> new QueryMatch(e.getKey(), e.getValue()))
                .toList();
    }
}
