package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteAction.Body;
import dev.binnacle.mesh.ir.RouteAction.DirectResponse;
import dev.binnacle.mesh.istio.VirtualService.Redirect;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what proxies answer by themselves: redirects and direct responses. */
final class AnswerReader {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_BYTES = 1_048_576;

    static final Shape REDIRECT = Shape.named("HTTPRedirect")
            .with("uri", WORDS)
            .with("prefixRewrite", WORDS, "where every condition on the path is a `prefix`")
            .with("authority", WORDS)
            .with("port", PORT)
            .with("derivePort", choice("FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"))
            .with("scheme", choice("http", "https"))
            .with("redirectCode", new FieldType.Whole(300, 399), "301, 302, 303, 307 or 308")
            .oneOf("uri", "prefixRewrite")
            .oneOf("port", "derivePort");
    private static final Shape BODY = Shape.named("HTTPBody")
            .with("string", TEXT)
            .with("bytes", TEXT, "in Base64")
            .oneOf("string", "bytes");
    static final Shape DIRECT_RESPONSE = Shape.named("HTTPDirectResponse")
            .require("status", new FieldType.Whole(200, 599))
            .with("body", section(BODY), "at most 1 MiB");

    private final Problems problems;

    AnswerReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Redirect> redirect(Section rule) {
        return rule.section("redirect").map(redirect -> {
            check(redirect, rule);
            return new Redirect(
                    new RouteAction.Redirect(
                            redirect.number("redirectCode").orElse(301),
                            redirect.text("scheme"),
                            redirect.text("authority"),
                            redirect.number("port"),
                            redirect.text("uri"),
                            redirect.text("prefixRewrite")),
                    redirect.text("derivePort").orElse("").equals("FROM_REQUEST_PORT"));
        });
    }

    private void check(Section redirect, Section rule) {
        int code = redirect.number("redirectCode").orElse(301);
        if (!REDIRECTS.contains(code)) {
            bad(
                    redirect.placeOf("redirectCode"),
                    "Envoy cannot redirect with " + code,
                    "Use 301, 302, 303, 307 or 308");
        }
        if (Stream.of("uri", "prefixRewrite", "authority", "port", "derivePort", "scheme")
                .noneMatch(redirect::has)) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    redirect.place(),
                    "the redirect leads to where the request already was",
                    "Add uri, authority, scheme or port");
        }
        boolean wholePaths = rule.sections("match").stream()
                .flatMap(match -> match.section("uri").stream())
                .anyMatch(uri -> !uri.has("prefix"));
        if (redirect.has("prefixRewrite") && wholePaths) {
            bad(
                    redirect.placeOf("prefixRewrite"),
                    "a condition of this rule is on the whole path, so there is no prefix to replace",
                    "Use uri, or conditions on a prefix");
        }
    }

    Optional<DirectResponse> direct(Section rule) {
        return rule.section("directResponse")
                .map(response -> new DirectResponse(
                        response.number("status").orElseThrow(),
                        response.section("body").map(this::body).orElse(Body.EMPTY)));
    }

    private Body body(Section body) {
        var text = body.text("string").orElse("");
        checkSize(body.placeOf("string"), text.getBytes(StandardCharsets.UTF_8).length);
        return body.text("bytes")
                .<Body>map(base64 -> {
                    checkBase64(body.placeOf("bytes"), base64);
                    return new Body.Bytes(base64);
                })
                .orElse(new Body.Text(text));
    }

    private void checkBase64(Place place, String base64) {
        try {
            checkSize(place, Base64.getDecoder().decode(base64).length);
        } catch (IllegalArgumentException e) {
            bad(place, "this is not Base64: " + e.getMessage(), "Encode the bytes, or write a text as string");
        }
    }

    private void checkSize(Place place, int bytes) {
        if (bytes > MOST_BYTES) {
            bad(place, "the body has " + bytes + " bytes, the limit is " + MOST_BYTES, "Let a service answer");
        }
    }

    private void bad(Place place, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, place, message, fix);
    }
}
