package dev.binnacle.mesh.istio.security;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Sets of keys (JWKS). What is wrong with one is said without a word of it: there may be secrets in it. */
public final class KeySetSyntax {
    /** The most characters of a key set. */
    public static final int LONGEST = 1 << 20;

    private static final Set<String> TYPES = Set.of("RSA", "EC", "OKP");
    private static final List<String> SECRETS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private KeySetSyntax() {}

    /** Returns why {@code text} is no set of public keys; empty when it is one. */
    public static Optional<String> problem(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        try {
            var parsed = JsonParser.parseString(text);
            var keys = parsed.isJsonObject() ? parsed.getAsJsonObject().get("keys") : null;
            if (keys == null || !keys.isJsonArray() || keys.getAsJsonArray().isEmpty()) {
                return Optional.of("is not a JSON object with a list of keys");
            }
            return StreamSupport.stream(keys.getAsJsonArray().spliterator(), false)
                    .flatMap(key -> keyProblem(key).stream())
                    .findFirst();
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.of("is not JSON");
        }
    }

    private static Optional<String> keyProblem(JsonElement key) {
        if (!key.isJsonObject() || !(text(key.getAsJsonObject(), "kty") instanceof String type)) {
            return Optional.of("has a key without kty");
        }
        if (!TYPES.contains(type)) {
            return Optional.of("has a key that is neither RSA nor EC nor OKP: whoever checks tokens by a shared secret"
                    + " can make them, too");
        }
        return SECRETS.stream().anyMatch(key.getAsJsonObject()::has)
                ? Optional.of("has a private key; everybody may read what is here")
                : Optional.empty();
    }

    private static @org.jspecify.annotations.Nullable String text(JsonObject object, String field) {
        var value = object.get(field);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }
}
