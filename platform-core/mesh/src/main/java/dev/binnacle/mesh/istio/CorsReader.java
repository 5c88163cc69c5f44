package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.REGEX;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Cors;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;
import java.util.Optional;

/** Reads what browsers may do for pages of other origins. */
final class CorsReader {
    private static final Shape ORIGIN = Shape.named("StringMatch")
            .with("exact", WORDS)
            .with("prefix", WORDS)
            .with("regex", REGEX, "RE2, over the whole origin")
            .oneOf("exact", "prefix", "regex");
    static final Shape SHAPE = Shape.named("CorsPolicy")
            .with("allowOrigins", listOf(section(ORIGIN)))
            .with("allowOrigin", listOf(WORDS), "deprecated: use `allowOrigins`, which goes first")
            .with(
                    "allowMethods",
                    listOf(choice("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*")))
            .with("allowHeaders", listOf(WORDS))
            .with("exposeHeaders", listOf(WORDS))
            .with("maxAge", DURATION, "in whole seconds")
            .with("allowCredentials", FLAG)
            .with("unmatchedPreflights", choice("UNSPECIFIED", "FORWARD", "IGNORE"));

    private final Problems problems;

    CorsReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the policy of a rule. */
    Optional<Cors> read(Section rule) {
        return rule.section("corsPolicy").map(this::policy);
    }

    private Cors policy(Section policy) {
        checkMaxAge(policy);
        return new Cors(
                origins(policy),
                texts(policy, "allowMethods"),
                headers(policy, "allowHeaders"),
                headers(policy, "exposeHeaders"),
                policy.duration("maxAge"),
                policy.flag("allowCredentials"),
                !policy.text("unmatchedPreflights").orElse("").equals("IGNORE"));
    }

    private List<TextMatch> origins(Section policy) {
        var origins = policy.sections("allowOrigins");
        origins.stream()
                .filter(origin -> MatchReader.text(origin) instanceof TextMatch.Present)
                .forEach(origin -> problems.add(
                        DiagnosticCode.MISSING_FIELD,
                        origin.place(),
                        "the condition on the origin asks for nothing",
                        "Add exact, prefix or regex"));
        return origins.isEmpty()
                ? texts(policy, "allowOrigin").stream()
                        .<TextMatch>map(TextMatch.Exact::new)
                        .toList()
                : origins.stream().map(MatchReader::text).toList();
    }

    private List<String> headers(Section policy, String field) {
        policy.texts(field).stream()
                .filter(name -> !name.text().equals("*") && !HeaderChecks.isHeader(name.text()))
                .forEach(name -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        name.place(),
                        "\"" + name.text() + "\" is not the name of a header",
                        "Use letters, digits and dashes, or \"*\""));
        return texts(policy, field);
    }

    private static List<String> texts(Section policy, String field) {
        return policy.texts(field).stream().map(Placed::text).toList();
    }

    private void checkMaxAge(Section policy) {
        policy.duration("maxAge")
                .filter(age -> age.getNano() != 0)
                .ifPresent(age -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        policy.placeOf("maxAge"),
                        "browsers count seconds, " + policy.text("maxAge").orElse("") + " is finer",
                        "Use whole seconds"));
    }
}
