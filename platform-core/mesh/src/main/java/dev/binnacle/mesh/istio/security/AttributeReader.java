package dev.binnacle.mesh.istio.security;

import static dev.binnacle.mesh.schema.FieldType.SUBNET;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.listOf;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.security.AttributeKey.Kind;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.schema.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads sources, operations and conditions: each asks for values of attributes. */
final class AttributeReader {
    /** A field, and the attribute whose values it lists. */
    record AttributeField(String name, Kind kind, FieldType type) {
        String negated() {
            return "not" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }

    private static final String EXPERIMENTAL = "experimental.envoy.filters.";

    /** In the order in which a proxy is told of them. */
    static final List<AttributeField> SOURCE_FIELDS = List.of(
            new AttributeField("principals", Kind.SOURCE_PRINCIPAL, WORDS),
            new AttributeField("requestPrincipals", Kind.REQUEST_PRINCIPAL, WORDS),
            new AttributeField("serviceAccounts", Kind.SOURCE_SERVICE_ACCOUNT, WORDS),
            new AttributeField("trustDomains", Kind.SOURCE_TRUST_DOMAIN, WORDS),
            new AttributeField("namespaces", Kind.SOURCE_NAMESPACE, WORDS),
            new AttributeField("remoteIpBlocks", Kind.REMOTE_IP, SUBNET),
            new AttributeField("ipBlocks", Kind.SOURCE_IP, SUBNET));

    static final List<AttributeField> OPERATION_FIELDS = List.of(
            new AttributeField("hosts", Kind.HOST, WORDS),
            new AttributeField("methods", Kind.METHOD, WORDS),
            new AttributeField("paths", Kind.PATH, WORDS),
            new AttributeField("ports", Kind.DESTINATION_PORT, WORDS));

    static final Shape SOURCE = shape("Source", SOURCE_FIELDS).rule(AttributeReader::checkAccounts);
    static final Shape OPERATION = shape("Operation", OPERATION_FIELDS);
    static final Shape CONDITION = Shape.named("Condition")
            .with(
                    "key",
                    WORDS,
                    "`experimental.envoy.filters.*` is rejected: it looks into filters of another configuration")
            .with("values", listOf(WORDS))
            .with("notValues", listOf(WORDS));

    private final Problems problems;

    AttributeReader(Problems problems) {
        this.problems = problems;
    }

    private static Shape shape(String name, List<AttributeField> fields) {
        var result = Shape.named(name);
        for (var field : fields) {
            result = result.with(field.name(), listOf(field.type())).with(field.negated(), listOf(field.type()));
        }
        return result;
    }

    private static void checkAccounts(Section source, Problems problems) {
        boolean accounts = source.has("serviceAccounts") || source.has("notServiceAccounts");
        var others = Stream.of("principals", "notPrincipals", "namespaces", "notNamespaces")
                .filter(source::has)
                .toList();
        if (accounts && !others.isEmpty()) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    source.placeOf(others.getFirst()),
                    "a source by serviceAccounts has no " + String.join(" and no ", others),
                    "A service account names its namespace: namespace/name");
        }
    }

    /** Returns the attributes of a source or an operation. */
    List<Attribute> fields(Section section, List<AttributeField> fields, String what) {
        var result = new ArrayList<Attribute>();
        for (var field : fields) {
            var values = section.texts(field.name());
            var notValues = section.texts(field.negated());
            if (!values.isEmpty() || !notValues.isEmpty()) {
                result.add(attribute(
                        AttributeKey.of(field.kind()),
                        values,
                        notValues,
                        section.placeOf(values.isEmpty() ? field.negated() : field.name())));
            }
        }
        if (result.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    section.place(),
                    "the " + what + " says nothing",
                    "Name what it is about, or leave it out to mean any " + what);
        }
        return List.copyOf(result);
    }

    Optional<Attribute> condition(Section condition) {
        var values = condition.texts("values");
        var notValues = condition.texts("notValues");
        var key = condition.placed("key");
        if (key.isEmpty() || values.isEmpty() && notValues.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    condition.place(),
                    "a condition needs a key, and values or notValues",
                    "Add what is missing");
            return Optional.empty();
        }
        return key(key.get()).map(found -> attribute(found, values, notValues, condition.place()));
    }

    private Optional<AttributeKey> key(Placed key) {
        if (key.text().startsWith(EXPERIMENTAL)) {
            problems.add(
                    DiagnosticCode.FIELD_REJECTED,
                    key.place(),
                    key.text() + " is not supported: it looks into filters of another configuration",
                    "Use another attribute");
            return Optional.empty();
        }
        var parsed = AttributeKey.parse(key.text())
                .filter(found -> found.names().stream().noneMatch(String::isEmpty));
        if (parsed.isEmpty()) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    key.place(),
                    "there is no attribute \"" + key.text() + "\"",
                    Spelling.nearest(key.text(), AttributeKey.known())
                            .map(name -> "Did you mean " + name + "?")
                            .orElse("Known are " + String.join(", ", AttributeKey.known())));
        }
        return parsed;
    }

    private Attribute attribute(
            AttributeKey key, List<Placed> values, List<Placed> notValues, dev.binnacle.mesh.diagnostic.Place place) {
        Stream.concat(values.stream(), notValues.stream())
                .forEach(value -> AttributeSyntax.problem(key.kind(), value.text())
                        .ifPresent(problem -> problems.add(
                                DiagnosticCode.BAD_VALUE,
                                value.place(),
                                "\"" + value.text() + "\" " + problem,
                                "Correct the value")));
        boolean accounts = key.kind() == Kind.SOURCE_SERVICE_ACCOUNT;
        if (accounts && Math.max(values.size(), notValues.size()) > AttributeSyntax.MOST_ACCOUNTS) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    place,
                    "more than " + AttributeSyntax.MOST_ACCOUNTS + " service accounts",
                    "Use several sources");
        }
        return new Attribute(key, texts(values), texts(notValues), place);
    }

    private static List<String> texts(List<Placed> values) {
        return values.stream().map(Placed::text).toList();
    }
}
