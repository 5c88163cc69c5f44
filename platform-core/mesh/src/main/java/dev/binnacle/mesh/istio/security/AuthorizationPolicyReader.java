package dev.binnacle.mesh.istio.security;

import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.access.Access.Action;
import dev.binnacle.mesh.istio.PolicyTargetReader;
import dev.binnacle.mesh.istio.security.AuthorizationPolicy.Rule;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads AuthorizationPolicies. */
final class AuthorizationPolicyReader {
    private static final String CUSTOM = "CUSTOM";
    private static final String DRY_RUN = "istio.io/dry-run";
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private static final Shape RULE = Shape.named("Rule")
            .with("from", listOf(Shape.named("From").require("source", section(AttributeReader.SOURCE))))
            .with("to", listOf(Shape.named("To").require("operation", section(AttributeReader.OPERATION))))
            .with("when", listOf(AttributeReader.CONDITION));
    private static final Shape SPEC = PolicyTargetReader.inAny(Shape.named("AuthorizationPolicySpec"))
            .with(
                    "action",
                    choice("ALLOW", "DENY", "AUDIT", CUSTOM),
                    "`CUSTOM` is rejected: nothing here asks an external authorizer; what `AUDIT` marks nobody reads")
            .reject("provider", "it is for the action CUSTOM, and nothing here asks an external authorizer")
            .with("rules", listOf(RULE));

    static final ResourceKind KIND = new ResourceKind(
            "AuthorizationPolicy",
            SecurityKinds.VERSIONS,
            Shape.named("AuthorizationPolicy").with("spec", section(SPEC)),
            (header, document, problems) ->
                    Optional.of(new AuthorizationPolicyReader(problems).read(header, spec(header, document))));

    private final Problems problems;

    private AuthorizationPolicyReader(Problems problems) {
        this.problems = problems;
    }

    /** A policy that says nothing allows nothing. */
    private static Section spec(Header header, Section document) {
        return document.section("spec")
                .orElseGet(
                        () -> new Section(new YamlNode.Mapping(header.origin().line(), List.of()), header.place()));
    }

    private AuthorizationPolicy read(Header header, Section spec) {
        String action = spec.text("action").orElse("ALLOW");
        if (action.equals(CUSTOM)) {
            problems.add(
                    DiagnosticCode.FIELD_REJECTED,
                    spec.placeOf("action"),
                    "the action CUSTOM is not supported: nothing here asks an external authorizer",
                    "Use ALLOW or DENY here; in a cluster the provider of the mesh configuration is asked");
        }
        var rules = spec.sections("rules").stream().map(this::rule).toList();
        if (action.equals("DENY") && rules.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    spec.placeOf("rules"),
                    "a policy that denies and has no rules denies nothing",
                    "Add rules; the rule {} matches everything");
        }
        return new AuthorizationPolicy(
                header.ref(),
                header.origin(),
                PolicyTargetReader.read(spec, problems),
                action(action),
                isDryRun(header, action(action)),
                rules);
    }

    private static Action action(String word) {
        return switch (word) {
            case "DENY" -> Action.DENY;
            case "AUDIT" -> Action.AUDIT;
            default -> Action.ALLOW;
        };
    }

    private boolean isDryRun(Header header, Action action) {
        String written = header.annotations().get(DRY_RUN);
        if (written == null) {
            return false;
        }
        if (!TRUE.contains(written) && !FALSE.contains(written)) {
            bad(header, "the annotation " + DRY_RUN + " is \"" + written + "\"", "Write \"true\" or \"false\"");
        } else if (action == Action.AUDIT) {
            bad(header, "what is audited cannot be tried in dry run", "Remove the annotation " + DRY_RUN);
        }
        return TRUE.contains(written);
    }

    private void bad(Header header, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, header.place(), message, fix);
    }

    private Rule rule(Section rule) {
        var reader = new AttributeReader(problems);
        return new Rule(
                rule.place(),
                rule.sections("from").stream()
                        .flatMap(from -> from.section("source").stream())
                        .map(source -> reader.fields(source, AttributeReader.SOURCE_FIELDS, "source"))
                        .toList(),
                rule.sections("to").stream()
                        .flatMap(to -> to.section("operation").stream())
                        .map(operation -> reader.fields(operation, AttributeReader.OPERATION_FIELDS, "operation"))
                        .toList(),
                rule.sections("when").stream()
                        .flatMap(condition -> reader.condition(condition).stream())
                        .toList());
    }
}
