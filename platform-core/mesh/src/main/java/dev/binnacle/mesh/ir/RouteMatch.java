package dev.binnacle.mesh.ir;

import java.util.List;

/** Which requests a route is for: all conditions must hold. */
public record RouteMatch(PathMatch path, List<HeaderMatch> headers, List<QueryMatch> query) {
    /** Takes every request. */
    public static final RouteMatch EVERYTHING = new RouteMatch(new PathMatch.Prefix("/", false), List.of(), List.of());

    /** Takes what asks a proxy for a tunnel. */
    public static final RouteMatch TUNNEL = new RouteMatch(new PathMatch.Connect(), List.of(), List.of());

    /** Tells whether no request gets past this match. */
    public boolean takesEverything() {
        return headers.isEmpty()
                && query.isEmpty()
                && switch (path) {
                    case PathMatch.Prefix(String prefix, boolean fold) -> prefix.equals("/");
                    case PathMatch.Regex(String regex) -> regex.equals(".*");
                    case PathMatch.Exact exact -> false;
                    case PathMatch.Segments segments -> false;
                    case PathMatch.Connect tunnel -> false;
                };
    }

    /** A condition on the path, without its query. */
    public sealed interface PathMatch {
        /** The whole path. */
        record Exact(String path, boolean ignoresCase) implements PathMatch {}

        /** The beginning of the path. */
        record Prefix(String prefix, boolean ignoresCase) implements PathMatch {}

        /** The first segments of the path: {@code /a} begins {@code /a} and {@code /a/b}, not {@code /ab}. */
        record Segments(String prefix) implements PathMatch {}

        /** No path at all: the method CONNECT has none. */
        record Connect() implements PathMatch {}

        /** A regular expression (RE2) over the whole path. */
        record Regex(String regex) implements PathMatch {}
    }

    /** A condition on a header or pseudo header. */
    public record HeaderMatch(String header, TextMatch value, boolean inverted) {}

    /** A condition on a query parameter. */
    public record QueryMatch(String parameter, TextMatch value) {}

    /** A condition on a text. */
    public sealed interface TextMatch {
        /** Any value, as long as there is one. */
        record Present() implements TextMatch {}

        /** This value. */
        record Exact(String value) implements TextMatch {}

        /** A value with this beginning. */
        record Prefix(String prefix) implements TextMatch {}

        /** A regular expression (RE2) over the whole value. */
        record Regex(String regex) implements TextMatch {}
    }
}
