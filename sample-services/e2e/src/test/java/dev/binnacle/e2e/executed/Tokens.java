package dev.binnacle.e2e.executed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens (JWT) for one key pair, good ones and bad ones. */
final class Tokens {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;

    Tokens() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the public half as a key set. */
    String keySet() {
        var key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"e\":\"" + number(key.getPublicExponent()) + "\",\"n\":\""
                + number(key.getModulus()) + "\"}]}";
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /** Returns a good token with these claims. */
    String good(Map<String, ?> claims) {
        String content = content("RS256", claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a token that says it needs no signature. */
    static String unsigned(Map<String, ?> claims) {
        return content("none", claims) + ".";
    }

    /** Returns one whose signature is made of what everybody knows: the public key as a shared secret. */
    String signedWithThePublicKey(Map<String, ?> claims) {
        String content = content("HS256", claims);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256"));
            return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String content(String algorithm, Map<String, ?> claims) {
        return encoded(Map.of("alg", algorithm, "kid", "k", "typ", "JWT")) + "." + encoded(claims);
    }

    private static String encoded(Map<String, ?> json) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the claims of a token of {@code issuer} for {@code audience} that is good for an hour, and more. */
    static Map<String, Object> claims(String issuer, String audience, Map<String, ?> more) {
        var result = new LinkedHashMap<String, Object>();
        long now = System.currentTimeMillis() / 1000;
        result.put("iss", issuer);
        result.put("sub", "me");
        result.put("aud", audience);
        result.put("iat", now);
        result.put("exp", now + 3600);
        result.putAll(more);
        return result;
    }
}
