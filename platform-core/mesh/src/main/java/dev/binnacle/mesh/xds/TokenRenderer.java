package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.access.Text;
import io.envoyproxy.envoy.type.matcher.v3.ListMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.envoyproxy.envoy.type.matcher.v3.OrMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import java.util.List;

/** Renders what is read from tokens, and conditions on that. */
final class TokenRenderer {
    private static final String FILTER = "envoy.filters.http.jwt_authn";
    private static final String PAYLOAD = "payload";

    private TokenRenderer() {}

    /** Returns the condition that a claim is a certain text. */
    static MetadataMatcher claim(String name, Text value) {
        return at(List.of(name)).setValue(value(value)).build();
    }

    /** Returns the condition that a claim is one of some texts, or a list that has one of them. */
    static MetadataMatcher claim(List<String> path, List<Text> anyOf) {
        var value = anyOf.size() == 1
                ? value(anyOf.getFirst())
                : any(anyOf.stream().map(TokenRenderer::value).toList());
        var inList = ValueMatcher.newBuilder()
                .setListMatch(ListMatcher.newBuilder().setOneOf(value))
                .build();
        return at(path).setValue(any(List.of(inList, value))).build();
    }

    private static MetadataMatcher.Builder at(List<String> path) {
        var result = MetadataMatcher.newBuilder().setFilter(FILTER).addPath(segment(PAYLOAD));
        path.forEach(name -> result.addPath(segment(name)));
        return result;
    }

    private static PathSegment segment(String key) {
        return PathSegment.newBuilder().setKey(key).build();
    }

    private static ValueMatcher value(Text text) {
        return ValueMatcher.newBuilder()
                .setStringMatch(TextRenderer.string(text))
                .build();
    }

    private static ValueMatcher any(List<ValueMatcher> alternatives) {
        return ValueMatcher.newBuilder()
                .setOrMatch(OrMatcher.newBuilder().addAllValueMatchers(alternatives))
                .build();
    }
}
