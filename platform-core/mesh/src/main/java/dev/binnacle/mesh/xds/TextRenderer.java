package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.access.Text;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/** Renders conditions on texts. */
final class TextRenderer {
    private TextRenderer() {}

    static StringMatcher string(Text text) {
        var result = StringMatcher.newBuilder();
        switch (text) {
            case Text.Present present -> result.setSafeRegex(regex(".+"));
            case Text.Exact(String value, boolean fold) ->
                result.setExact(value).setIgnoreCase(fold);
            case Text.Prefix(String prefix, boolean fold) ->
                result.setPrefix(prefix).setIgnoreCase(fold);
            case Text.Suffix(String suffix, boolean fold) ->
                result.setSuffix(suffix).setIgnoreCase(fold);
            case Text.Regex(String regex) -> result.setSafeRegex(regex(regex));
        }
        return result.build();
    }

    static HeaderMatcher header(String name, Text value) {
        var result = HeaderMatcher.newBuilder().setName(name);
        return value instanceof Text.Present
                ? result.setPresentMatch(true).build()
                : result.setStringMatch(string(value)).build();
    }

    private static RegexMatcher regex(String regex) {
        return RegexMatcher.newBuilder().setRegex(regex).build();
    }
}
