package dev.binnacle.mesh.ir.access;

import dev.binnacle.mesh.ir.Origin;
import java.util.List;

/**
 * Tokens (JWT) of one issuer: where they are looked for, what makes them good, and what becomes of them. A request with a
 * bad one is refused; one without any is not.
 *
 * @param issuer empty for any
 * @param audiences a token must be for one of these; empty for any
 * @param keys the key set (JWKS) as JSON
 * @param headers where they are looked for; when nothing is said, in {@code authorization: Bearer} and the query parameter
 *     {@code access_token}
 * @param forwarded whether the application sees the token
 * @param payloadHeader the header that tells the application what is in it; empty for none
 * @param spaceDelimited claims that are lists of words
 */
public record TokenRule(
        Origin origin,
        String issuer,
        List<String> audiences,
        String keys,
        List<HeaderPlace> headers,
        List<String> parameters,
        List<String> cookies,
        boolean forwarded,
        String payloadHeader,
        List<ClaimHeader> claimHeaders,
        List<String> spaceDelimited) {
    public TokenRule {
        audiences = List.copyOf(audiences);
        headers = List.copyOf(headers);
        parameters = List.copyOf(parameters);
        cookies = List.copyOf(cookies);
        claimHeaders = List.copyOf(claimHeaders);
        spaceDelimited = List.copyOf(spaceDelimited);
    }

    /**
     * A header with a token.
     *
     * @param prefix what stands before the token
     */
    public record HeaderPlace(String header, String prefix) {}

    /** A header that tells the application one claim. */
    public record ClaimHeader(String header, String claim) {}
}
