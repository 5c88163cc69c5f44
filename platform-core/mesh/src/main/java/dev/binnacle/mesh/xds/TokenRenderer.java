package dev.binnacle.mesh.xds;

import com.google.protobuf.Empty;
import dev.binnacle.mesh.ir.access.Text;
import dev.binnacle.mesh.ir.access.TokenRule;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementAndList;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import io.envoyproxy.envoy.type.matcher.v3.ListMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.envoyproxy.envoy.type.matcher.v3.OrMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import java.util.List;

/** Renders what is read from tokens, and conditions on that. */
final class TokenRenderer {
    static final String NAME = "envoy.filters.http.jwt_authn";

    private static final String PAYLOAD = "payload";

    private TokenRenderer() {}

    /**
     * Returns the filter: a token must be good, if there is one. Where several issuers' tokens may stand, one of them is
     * enough, as a good token of one is a bad one of another.
     *
     * @param routesAgain whether routes are looked for once more when the token is known
     */
    static JwtAuthentication render(List<TokenRule> rules, boolean routesAgain) {
        var result = JwtAuthentication.newBuilder().setBypassCorsPreflight(true);
        var each = JwtRequirementAndList.newBuilder();
        var any = JwtRequirementOrList.newBuilder();
        for (int i = 0; i < rules.size(); i++) {
            var name = JwtRequirement.newBuilder().setProviderName("origins-" + i);
            result.putProviders(name.getProviderName(), provider(rules.get(i), routesAgain));
            any.addRequirements(name);
            each.addRequirements(orNone(name));
        }
        var all = rules.size() == 1
                ? each.getRequirements(0)
                : JwtRequirement.newBuilder()
                        .setRequiresAny(
                                any.addRequirements(JwtRequirement.newBuilder().setRequiresAll(each)))
                        .build();
        return result.addRules(RequirementRule.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setRequires(all))
                .build();
    }

    private static JwtRequirement orNone(JwtRequirement.Builder good) {
        return JwtRequirement.newBuilder()
                .setRequiresAny(JwtRequirementOrList.newBuilder()
                        .addRequirements(good)
                        .addRequirements(JwtRequirement.newBuilder().setAllowMissing(Empty.getDefaultInstance())))
                .build();
    }

    private static JwtProvider provider(TokenRule rule, boolean routesAgain) {
        var result = JwtProvider.newBuilder()
                .setIssuer(rule.issuer())
                .addAllAudiences(rule.audiences())
                .setForward(rule.forwarded())
                .setForwardPayloadHeader(rule.payloadHeader())
                .setPayloadInMetadata(PAYLOAD)
                .setNormalizePayloadInMetadata(
                        JwtProvider.NormalizePayload.newBuilder().addAllSpaceDelimitedClaims(rule.spaceDelimited()))
                .setClearRouteCache(routesAgain)
                .setLocalJwks(DataSource.newBuilder().setInlineString(rule.keys()))
                .addAllFromParams(rule.parameters())
                .addAllFromCookies(rule.cookies());
        rule.headers()
                .forEach(place -> result.addFromHeaders(
                        JwtHeader.newBuilder().setName(place.header()).setValuePrefix(place.prefix())));
        rule.claimHeaders()
                .forEach(claim -> result.addClaimToHeaders(JwtClaimToHeader.newBuilder()
                        .setHeaderName(claim.header())
                        .setClaimName(claim.claim())));
        return result.build();
    }

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
        var result = MetadataMatcher.newBuilder().setFilter(NAME).addPath(segment(PAYLOAD));
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
