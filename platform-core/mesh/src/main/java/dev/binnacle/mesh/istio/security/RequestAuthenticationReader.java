package dev.binnacle.mesh.istio.security;

import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.access.TokenRule.ClaimHeader;
import dev.binnacle.mesh.ir.access.TokenRule.HeaderPlace;
import dev.binnacle.mesh.istio.PolicyTargetReader;
import dev.binnacle.mesh.istio.security.RequestAuthentication.JwtRule;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads RequestAuthentications. */
final class RequestAuthenticationReader {
    private static final Pattern HEADER = Pattern.compile("[-_A-Za-z0-9]+");
    private static final String LOOPBACK =
            "fetched by the platform, from this machine only; until it is there tokens are refused";

    private static final Shape PLACE =
            Shape.named("JWTHeader").require("name", WORDS).with("prefix", LINE);
    private static final Shape CLAIM =
            Shape.named("ClaimToHeader").require("header", WORDS).require("claim", WORDS);
    private static final Shape RULE = Shape.named("JWTRule")
            .with("issuer", WORDS)
            .with("audiences", listOf(WORDS))
            .with("jwks", TEXT, "public keys only")
            .with("jwksUri", WORDS, LOOPBACK)
            .with("jwks_uri", WORDS, LOOPBACK)
            .with("fromHeaders", listOf(PLACE))
            .with("fromParams", listOf(WORDS))
            .with("fromCookies", listOf(WORDS))
            .with("forwardOriginalToken", FLAG)
            .with("outputPayloadToHeader", LINE)
            .with("outputClaimToHeaders", listOf(CLAIM))
            .with("spaceDelimitedClaims", listOf(WORDS))
            .with("timeout", DURATION, "for fetching the key set; at most 5s are waited")
            .oneOf("jwks", "jwksUri", "jwks_uri");
    private static final Shape SPEC =
            PolicyTargetReader.inAny(Shape.named("RequestAuthenticationSpec")).with("jwtRules", listOf(RULE));

    static final ResourceKind KIND = new ResourceKind(
            "RequestAuthentication",
            SecurityKinds.VERSIONS,
            Shape.named("RequestAuthentication").with("spec", section(SPEC)),
            (header, document, problems) ->
                    Optional.of(new RequestAuthenticationReader(problems).read(header, document)));

    private final Problems problems;

    private RequestAuthenticationReader(Problems problems) {
        this.problems = problems;
    }

    private RequestAuthentication read(Header header, Section document) {
        var spec = document.section("spec")
                .orElseGet(
                        () -> new Section(new YamlNode.Mapping(header.origin().line(), List.of()), header.place()));
        return new RequestAuthentication(
                header.ref(),
                header.origin(),
                PolicyTargetReader.read(spec, problems),
                spec.sections("jwtRules").stream().map(this::rule).toList());
    }

    private JwtRule rule(Section rule) {
        var keys = rule.placed("jwks").filter(written -> !written.text().isEmpty());
        var uri = rule.placed("jwksUri").or(() -> rule.placed("jwks_uri"));
        keys.ifPresent(this::checkKeys);
        uri.ifPresent(this::checkUri);
        if (rule.text("issuer").isEmpty() && uri.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    rule.place(),
                    "a rule for tokens needs an issuer, or a jwksUri",
                    "Name the issuer");
        }
        return new JwtRule(
                rule.place(),
                rule.text("issuer").orElse(""),
                texts(rule, "audiences"),
                keys.map(Placed::text),
                uri.map(Placed::text),
                rule.sections("fromHeaders").stream()
                        .map(place -> new HeaderPlace(
                                place.text("name").orElse(""),
                                place.text("prefix").orElse("")))
                        .toList(),
                texts(rule, "fromParams"),
                texts(rule, "fromCookies"),
                rule.flag("forwardOriginalToken").orElse(false),
                header(rule, "outputPayloadToHeader"),
                rule.sections("outputClaimToHeaders").stream()
                        .map(claim -> new ClaimHeader(
                                header(claim, "header"), claim.text("claim").orElse("")))
                        .toList(),
                texts(rule, "spaceDelimitedClaims"));
    }

    private void checkKeys(Placed keys) {
        KeySetSyntax.problem(keys.text())
                .ifPresent(problem -> bad(
                        keys.place(),
                        "the key set " + problem,
                        "Give public keys as {\"keys\": [{\"kty\": \"RSA\", …}]}"));
    }

    private void checkUri(Placed uri) {
        if (!uri.text().startsWith("http://") && !uri.text().startsWith("https://")) {
            bad(uri.place(), "\"" + uri.text() + "\" is no address of HTTP", "Write http:// or https:// and a host");
        }
    }

    private String header(Section section, String field) {
        var name = section.placed(field).filter(written -> !written.text().isEmpty());
        name.filter(written -> !HEADER.matches(written.text()))
                .ifPresent(written -> bad(
                        written.place(),
                        "\"" + written.text() + "\" is not the name of a header",
                        "Use letters, digits, dashes and underscores"));
        return name.map(Placed::text).orElse("");
    }

    private static List<String> texts(Section section, String field) {
        return section.texts(field).stream().map(Placed::text).toList();
    }

    private void bad(Place at, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
