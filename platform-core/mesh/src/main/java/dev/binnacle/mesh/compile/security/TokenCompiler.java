package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.ir.access.TokenRule;
import dev.binnacle.mesh.istio.security.RequestAuthentication;
import dev.binnacle.mesh.istio.security.RequestAuthentication.JwtRule;
import dev.binnacle.mesh.topology.KeySets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes what a proxy asks of tokens. */
final class TokenCompiler {
    /** Claims that are lists of words whatever a rule says. */
    private static final List<String> SPACE_DELIMITED = List.of("permission", "scope");

    /**
     * What stands in for keys that are not there, as in Istio: its private half was thrown away, so that nobody can make a
     * token that fits.
     */
    static final String NOBODYS = """
            {
              "keys": [
                {
                  "kty": "RSA",
                  "e": "AQAB",
                  "n": "0xObjM0UvS_oaazjpEYlAbwctEJ4L8pH3OuTb7qth7gUwqet-EzQB4dgFdvSdMgrLnSncQGRjpEYz3F3viIbH-3EN3TxSlPNviHxeOdyiBVfumN8dMxbLvVJUpfNOnvmMxJcl-8NNjAwcOjk4otSALaYgYYyOPyvKtgVdrQr-FoubWX4yrjxW-MJ2-7OBeepUUNOsVwGV23YX03sVkkyvY3otRflkBcY3_HKpBxJl9wk2GyOShN4_PNUF9-vwfnvOXMbCDX-w4PTef4geeb_GiT40YCKHTKMSPVanGRn5GExIWmki-mmqh94-mPTJyBR74ShspL3BxPZitDL574T1w"
                }
              ]
            }""";

    private final KeySets keySets;

    TokenCompiler(KeySets keySets) {
        this.keySets = keySets;
    }

    /** Returns the rules of these resources, by issuer. */
    List<TokenRule> compile(List<RequestAuthentication> own) {
        return own.stream()
                .flatMap(resource -> resource.rules().stream())
                .map(this::rule)
                .sorted(Comparator.comparing(TokenRule::issuer))
                .toList();
    }

    private TokenRule rule(JwtRule rule) {
        return new TokenRule(
                rule.place().origin(),
                rule.issuer(),
                rule.audiences(),
                keys(rule),
                rule.headers(),
                rule.parameters(),
                rule.cookies(),
                rule.forwarded(),
                rule.payloadHeader(),
                rule.claimHeaders(),
                Stream.concat(rule.spaceDelimited().stream(), SPACE_DELIMITED.stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private String keys(JwtRule rule) {
        return rule.keys().or(() -> rule.keysUri().flatMap(keySets::at)).orElse(NOBODYS);
    }
}
