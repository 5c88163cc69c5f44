package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Section;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What must hold within filters and between them, as the API server has it. */
final class FilterRules {
    /** The field that belongs to each type. */
    static final Map<String, String> FIELDS = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            "RequestHeaderModifier", "requestHeaderModifier",
            "ResponseHeaderModifier", "responseHeaderModifier",
            "RequestMirror", "requestMirror",
            "RequestRedirect", "requestRedirect",
            "URLRewrite", "urlRewrite",
            "CORS", "cors",
            "ExtensionRef", "extensionRef")));

    private static final Set<String> REPEATABLE = Set.of("RequestMirror", "ExtensionRef");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private FilterRules() {}

    static void check(Section filter, Problems problems) {
        String type = filter.text("type").orElse("");
        String wanted = FIELDS.getOrDefault(type, "");
        if (!wanted.isEmpty() && !filter.has(wanted)) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    filter.place(),
                    "a filter of the type " + type + " needs the field " + wanted,
                    "Add " + wanted);
        }
        FIELDS.values().stream()
                .filter(field -> !field.equals(wanted) && filter.has(field))
                .forEach(field -> refuse(
                        filter.placeOf(field),
                        field + " belongs to another type of filter than " + type,
                        "Correct the type, or remove the field",
                        problems));
    }

    static void checkPath(Section path, Problems problems) {
        String type = path.text("type").orElse("");
        for (var field : List.of("replaceFullPath", "replacePrefixMatch")) {
            boolean wanted = field.equalsIgnoreCase(type);
            if (wanted != path.has(field)) {
                refuse(
                        path.placeOf(field),
                        "the type " + type + (wanted ? " needs the field " : " has no field ") + field,
                        wanted ? "Add " + field : "Remove it, or correct the type",
                        problems);
            }
        }
    }

    static void checkRedirect(Section redirect, Problems problems) {
        redirect.number("statusCode")
                .filter(status -> !REDIRECTS.contains(status))
                .ifPresent(status -> refuse(
                        redirect.placeOf("statusCode"),
                        "nobody is redirected with " + status,
                        "Use 301, 302, 303, 307 or 308",
                        problems));
    }

    static void checkFraction(Section fraction, Problems problems) {
        int whole = fraction.number("denominator").orElse(100);
        fraction.number("numerator")
                .filter(part -> part > whole)
                .ifPresent(part -> refuse(
                        fraction.place(), part + " of " + whole + " is more than all", "Use a smaller part", problems));
    }

    /** Checks what filters of a rule, or of one of its backends, ask of each other and of the rule. */
    static void checkRule(Section rule, Problems problems) {
        checkTogether(rule, problems);
        rule.sections("backendRefs").forEach(backend -> checkTogether(backend, problems));
        boolean redirects = filters(rule, "RequestRedirect").findFirst().isPresent();
        if (redirects && !rule.sections("backendRefs").isEmpty()) {
            refuse(
                    rule.placeOf("backendRefs"),
                    "requests are redirected, and so none gets to a backend",
                    "Remove backendRefs or the redirect",
                    problems);
        }
        checkPrefix(rule, problems);
    }

    private static void checkTogether(Section owner, Problems problems) {
        FIELDS.keySet().stream()
                .filter(type ->
                        !REPEATABLE.contains(type) && filters(owner, type).count() > 1)
                .forEach(type -> refuse(
                        owner.placeOf("filters"),
                        "there is more than one filter " + type,
                        "Keep one of them",
                        problems));
        if (filters(owner, "RequestRedirect").findFirst().isPresent()
                && filters(owner, "URLRewrite").findFirst().isPresent()) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    owner.placeOf("filters"),
                    "requests cannot be redirected and rewritten",
                    "Keep one of the filters");
        }
    }

    /** A prefix is replaced only where one is certain. */
    private static void checkPrefix(Section rule, Problems problems) {
        rule.sections("filters").stream()
                .flatMap(filter ->
                        Stream.of("requestRedirect", "urlRewrite").flatMap(field -> filter.section(field).stream()))
                .flatMap(change -> change.section("path").stream())
                .filter(path -> path.has("replacePrefixMatch") && !isPrefix(rule))
                .forEach(path -> refuse(
                        path.placeOf("replacePrefixMatch"),
                        "there is no prefix to replace unless the rule has one condition, on a PathPrefix",
                        "Make it a rule of its own, or use replaceFullPath",
                        problems));
    }

    private static boolean isPrefix(Section rule) {
        var matches = rule.sections("matches");
        return !rule.has("matches")
                || matches.size() == 1
                        && matches.getFirst()
                                .section("path")
                                .flatMap(path -> path.text("type"))
                                .map("PathPrefix"::equals)
                                .orElse(true);
    }

    private static Stream<Section> filters(Section owner, String type) {
        return owner.sections("filters").stream()
                .filter(filter -> filter.text("type").orElse("").equals(type));
    }

    private static void refuse(Place at, String message, String fix, Problems problems) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
