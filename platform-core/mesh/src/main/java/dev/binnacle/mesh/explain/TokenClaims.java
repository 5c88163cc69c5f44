package dev.binnacle.mesh.explain;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.binnacle.mesh.ir.access.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the token of a request says, read without a look at its signature. */
final class TokenClaims {
    private static final String BEARER = "Bearer ";

    private TokenClaims() {}

    /** Returns the claims; empty when nobody reads a token there, or there is none that can be read. */
    static Map<String, Object> of(List<TokenRule> rules, Map<String, String> headers) {
        return rules.stream()
                .flatMap(rule -> token(rule, headers).flatMap(token -> claims(token, rule)).stream())
                .findFirst()
                .orElse(Map.of());
    }

    private static Optional<String> token(TokenRule rule, Map<String, String> headers) {
        boolean usual = rule.headers().isEmpty()
                && rule.parameters().isEmpty()
                && rule.cookies().isEmpty();
        var places = usual ? List.of(new TokenRule.HeaderPlace("authorization", BEARER)) : rule.headers();
        return places.stream()
                .flatMap(place -> Optional.ofNullable(headers.get(place.header().toLowerCase(java.util.Locale.ROOT)))
                        .filter(value -> value.startsWith(place.prefix()))
                        .map(value -> value.substring(place.prefix().length()))
                        .stream())
                .findFirst();
    }

    private static Optional<Map<String, Object>> claims(String token, TokenRule rule) {
        var parts = token.split("\\.", -1);
        try {
            Map<String, Object> claims = new Gson()
                    .fromJson(
                            new String(
                                    Base64.getUrlDecoder().decode(parts[parts.length > 1 ? 1 : 0]),
                                    StandardCharsets.UTF_8),
                            new TypeToken<Map<String, Object>>() {}.getType());
            return Optional.ofNullable(claims)
                    .filter(c -> rule.issuer().isEmpty() || rule.issuer().equals(c.get("iss")))
                    .map(c -> split(c, rule.spaceDelimited()));
        } catch (IllegalArgumentException | JsonParseException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> split(Map<String, Object> claims, List<String> spaceDelimited) {
        var result = new TreeMap<>(claims);
        spaceDelimited.forEach(name -> result.computeIfPresent(
                name, (n, value) -> value instanceof String words ? Arrays.asList(words.split(" ", -1)) : value));
        return result;
    }
}
