package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RequestAuthentications: which tokens count, and what they say. */
@ExtendWith(ExecutedMesh.class)
class TokensIT {
    private static final String ISSUER = "https://login.example.org";
    private static final Tokens TOKENS = new Tokens();
    private static final Tokens OTHERS = new Tokens();

    private static void rule(Case mesh, String more) {
        mesh.noConnectionIsKept();
        mesh.apply("""
                kind: RequestAuthentication
                metadata: {name: echo}
                spec:
                  selector: {matchLabels: {app: echo}}
                  jwtRules:
                  - issuer: %s
                    jwks: '%s'
                """.formatted(ISSUER, TOKENS.keySet()) + more.indent(4));
    }

    private static Map<String, Object> claims(Map<String, ?> more) {
        return Tokens.claims(ISSUER, "shop", more);
    }

    private static String bearer(String token) {
        return "GET / authorization: Bearer " + token;
    }

    @Test
    @Executes(
            "RequestAuthentication spec.{selector.matchLabels,jwtRules[].issuer,jwtRules[].jwks,jwtRules[].audiences}")
    void aTokenMustBeGoodIfThereIsOne(Case mesh) {
        rule(mesh, "audiences: [shop, other]");
        long now = System.currentTimeMillis() / 1000;
        String good = TOKENS.good(claims(Map.of()));

        mesh.send("GET /").is(200);
        mesh.send(bearer(good)).is(200).saw("authorization", null);
        mesh.send(bearer(TOKENS.good(claims(Map.of("exp", now - 3600)))))
                .is(401)
                .says("Jwt is expired");
        mesh.send(bearer(TOKENS.good(claims(Map.of("nbf", now + 3600)))))
                .is(401)
                .says("Jwt not yet valid");
        mesh.send(bearer(TOKENS.good(claims(Map.of("iss", "https://evil.example.org")))))
                .is(401)
                .says("Jwt issuer is not configured");
        mesh.send(bearer(TOKENS.good(claims(Map.of("aud", "bank"))))).is(403).says("Audiences in Jwt are not allowed");
        mesh.send(bearer(Tokens.unsigned(claims(Map.of())))).is(401);
        mesh.send(bearer(TOKENS.signedWithThePublicKey(claims(Map.of())))).is(401);
        mesh.send(bearer(OTHERS.good(claims(Map.of())))).is(401).says("Jwt verification fails");
        mesh.send(bearer(good.substring(0, good.lastIndexOf('.') + 1))).is(401);
        mesh.send(bearer(good.substring(0, good.length() - 8))).is(401);
        mesh.send(bearer("nonsense")).is(401);
        mesh.send(bearer(TOKENS.good(claims(Map.of("long", "x".repeat(80_000))))))
                .is(431);
    }

    @Test
    @Executes({
        "RequestAuthentication spec.jwtRules[].{fromHeaders[].name,fromHeaders[].prefix,fromParams,fromCookies}",
        "RequestAuthentication spec.jwtRules[].{forwardOriginalToken,outputPayloadToHeader,outputClaimToHeaders[].header,outputClaimToHeaders[].claim,spaceDelimitedClaims}"
    })
    void aTokenIsLookedForWhereARuleSaysAndToldOf(Case mesh) {
        rule(mesh, """
                fromHeaders: [{name: x-token, prefix: "Token "}]
                fromParams: [token]
                fromCookies: [session]
                forwardOriginalToken: true
                outputPayloadToHeader: x-payload
                outputClaimToHeaders: [{header: x-user, claim: sub}]
                spaceDelimitedClaims: [groups]
                """);
        mesh.apply("""
                kind: AuthorizationPolicy
                metadata: {name: echo}
                spec:
                  selector: {matchLabels: {app: echo}}
                  rules: [{when: [{key: "request.auth.claims[groups]", values: [payers]}]}]
                """);
        String token = TOKENS.good(claims(Map.of("groups", "readers payers")));

        var reply = mesh.send("GET / x-token: Token " + token)
                .is(200)
                .saw("x-token", "Token " + token)
                .saw("x-user", "me");
        assertThat(payload(reply)).contains("\"groups\":\"readers payers\"");
        mesh.send("GET /?token=" + token).is(200).sawPath("/?token=" + token);
        mesh.send("GET / cookie: session=" + token).is(200);
        mesh.send(bearer(token)).is(403);
        mesh.send("GET / x-user: me; x-payload: " + token.split("\\.", -1)[1]).is(403);
    }

    private static String payload(Reply reply) {
        String line = reply.body()
                .lines()
                .filter(l -> l.startsWith("x-payload: "))
                .findFirst()
                .orElseThrow();
        return new String(
                Base64.getUrlDecoder().decode(line.substring("x-payload: ".length())), StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # rule
            from: [{source: {requestPrincipals: ["https://login.example.org/me"]}}]
            from: [{source: {requestPrincipals: ["*/me"], notRequestPrincipals: ["*/you"]}}]
            when: [{key: request.auth.principal, values: ["https://login.example.org/*"]}]
            when: [{key: request.auth.audiences, values: [shop]}]
            when: [{key: request.auth.presenter, values: ["cli*"]}]
            when: [{key: "request.auth.claims[realm][roles]", values: [admin]}]
            when: [{key: "request.auth.claims[email]", values: ["*@example.org"]}]
            """)
    @Executes("AuthorizationPolicy spec.rules[].from[].source.{requestPrincipals,notRequestPrincipals}")
    void whatATokenSaysMayDecide(String rule, Case mesh) {
        rule(mesh, "");
        mesh.apply("""
                kind: AuthorizationPolicy
                metadata: {name: echo}
                spec: {selector: {matchLabels: {app: echo}}, rules: [{%s}]}
                """.formatted(rule));
        var right =
                Map.of("azp", "client", "email", "me@example.org", "realm", Map.of("roles", List.of("user", "admin")));
        var wrong = Map.of("sub", "you", "aud", "bank", "azp", "x", "iss", ISSUER + "/x");

        mesh.send(bearer(TOKENS.good(claims(right)))).is(200);
        mesh.send("GET /").is(403);
        assertThat(mesh.send(bearer(TOKENS.good(claims(wrong)))).status()).isIn(401, 403);
    }

    @Test
    void tokensOfSeveralIssuersMayComeTheSameWay(Case mesh) {
        rule(mesh, "");
        mesh.apply("""
                kind: RequestAuthentication
                metadata: {name: second}
                spec: {selector: {matchLabels: {app: echo}}, jwtRules: [{issuer: second, jwks: '%s'}]}
                """.formatted(OTHERS.keySet()));

        mesh.send(bearer(TOKENS.good(claims(Map.of())))).is(200);
        mesh.send(bearer(OTHERS.good(Tokens.claims("second", "x", Map.of())))).is(200);
        mesh.send(bearer(OTHERS.good(claims(Map.of())))).is(401);
    }

    @Test
    @Executes("RequestAuthentication spec.jwtRules[].{jwksUri,jwks_uri,timeout}")
    void keysAreFetchedFromThisMachine(Case mesh) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] keys = TOKENS.keySet().getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
            mesh.noConnectionIsKept();
            mesh.apply("""
                    kind: RequestAuthentication
                    metadata: {name: echo}
                    spec:
                      jwtRules:
                      - {issuer: %s, jwksUri: "%s", timeout: 2s}
                      - {issuer: nobody, jwks_uri: "http://127.0.0.1:1/keys"}
                    """.formatted(ISSUER, uri));

            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(mesh.send(bearer(TOKENS.good(claims(Map.of()))))
                                    .status())
                            .isEqualTo(200));
            mesh.send(bearer(TOKENS.good(claims(Map.of("iss", "nobody"))))).is(401);
        } finally {
            server.stop(0);
        }
    }
}
