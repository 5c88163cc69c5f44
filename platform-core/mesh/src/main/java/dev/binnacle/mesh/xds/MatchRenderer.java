package dev.binnacle.mesh.xds;

import com.google.protobuf.BoolValue;
import dev.binnacle.mesh.ir.RouteMatch.HeaderMatch;
import dev.binnacle.mesh.ir.RouteMatch.PathMatch;
import dev.binnacle.mesh.ir.RouteMatch.QueryMatch;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.RouteMatch.ConnectMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/** Renders the conditions of a route. */
final class MatchRenderer {
    private MatchRenderer() {}

    static RouteMatch render(dev.binnacle.mesh.ir.RouteMatch match) {
        var result = RouteMatch.newBuilder();
        switch (match.path()) {
            case PathMatch.Exact(String path, boolean ignoresCase) ->
                result.setPath(path).setCaseSensitive(BoolValue.of(!ignoresCase));
            case PathMatch.Prefix(String prefix, boolean ignoresCase) ->
                result.setPrefix(prefix).setCaseSensitive(BoolValue.of(!ignoresCase));
            case PathMatch.Segments(String prefix) ->
                result.setPathSeparatedPrefix(prefix).setCaseSensitive(BoolValue.of(true));
            case PathMatch.Connect tunnel -> result.setConnectMatcher(ConnectMatcher.getDefaultInstance());
            case PathMatch.Regex(String regex) -> result.setSafeRegex(regex(regex));
        }
        match.headers().forEach(header -> result.addHeaders(header(header)));
        match.query().forEach(query -> result.addQueryParameters(query(query)));
        return result.build();
    }

    static RegexMatcher regex(String regex) {
        return RegexMatcher.newBuilder().setRegex(regex).build();
    }

    private static HeaderMatcher header(HeaderMatch header) {
        var result = HeaderMatcher.newBuilder().setName(header.header()).setInvertMatch(header.inverted());
        if (header.value() instanceof TextMatch.Present) {
            return result.setPresentMatch(true).build();
        }
        // Without this Envoy would not let a request pass that lacks the header it must not have.
        return result.setStringMatch(text(header.value()))
                .setTreatMissingHeaderAsEmpty(header.inverted())
                .build();
    }

    private static QueryParameterMatcher query(QueryMatch query) {
        var result = QueryParameterMatcher.newBuilder().setName(query.parameter());
        return query.value() instanceof TextMatch.Present
                ? result.setPresentMatch(true).build()
                : result.setStringMatch(text(query.value())).build();
    }

    static StringMatcher text(TextMatch match) {
        return switch (match) {
            case TextMatch.Present present -> throw new IllegalArgumentException("presence has no text");
            case TextMatch.Exact(String value) ->
                StringMatcher.newBuilder().setExact(value).build();
            case TextMatch.Prefix(String prefix) ->
                StringMatcher.newBuilder().setPrefix(prefix).build();
            case TextMatch.Regex(String regex) ->
                StringMatcher.newBuilder().setSafeRegex(regex(regex)).build();
        };
    }
}
