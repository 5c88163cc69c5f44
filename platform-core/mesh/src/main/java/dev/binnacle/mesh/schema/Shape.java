package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one kind of mapping, and which of them exclude each other. Immutable: each method returns a larger copy.
 *
 * @param name what the API calls the type, for example {@code HTTPRoute}
 * @param fields in the order they were declared
 * @param exclusive groups of which at most one field may be set
 * @param rules what else must hold between fields
 */
public record Shape(String name, List<Field> fields, List<List<String>> exclusive, List<Rule> rules) {
    /** What must hold between fields, and is looked at whatever else is wrong, so that every mistake is named at once. */
    @FunctionalInterface
    public interface Rule {
        /** Reports what is wrong with {@code mapping}, whose fields need not be right each by itself. */
        void check(Section mapping, Problems problems);
    }

    public Shape {
        fields = List.copyOf(fields);
        exclusive = List.copyOf(exclusive);
        rules = List.copyOf(rules);
    }

    /** Creates a shape without rules. */
    public Shape(String name, List<Field> fields, List<List<String>> exclusive) {
        this(name, fields, exclusive, List.of());
    }

    /** Returns a shape without fields. */
    public static Shape named(String name) {
        return new Shape(name, List.of(), List.of());
    }

    /** Adds a field that takes effect. */
    public Shape with(String field, FieldType type) {
        return plus(new Field(field, type, Support.SUPPORTED, false, ""));
    }

    /** Adds a field that takes effect with a restriction that {@code note} states. */
    public Shape with(String field, FieldType type, String note) {
        return plus(new Field(field, type, Support.SUPPORTED, false, note));
    }

    /** Adds a field that takes effect and may not be missing. */
    public Shape require(String field, FieldType type) {
        return plus(new Field(field, type, Support.SUPPORTED, true, ""));
    }

    /** Adds fields that mean something in a cluster only. */
    public Shape clusterOnly(String... names) {
        var result = this;
        for (String field : names) {
            result = result.plus(new Field(field, FieldType.ANY, Support.CLUSTER_ONLY, false, ""));
        }
        return result;
    }

    /** Adds a field that takes no effect, with the reason. */
    public Shape ignore(String field, String why) {
        return plus(new Field(field, FieldType.ANY, Support.IGNORED, false, why));
    }

    /** Adds a field that makes the resource be refused, with the reason. */
    public Shape reject(String field, String why) {
        return plus(new Field(field, FieldType.ANY, Support.REJECTED, false, why));
    }

    /** Declares that at most one of {@code names} may be set. */
    public Shape oneOf(String... names) {
        var groups = new ArrayList<>(exclusive);
        groups.add(List.of(names));
        return new Shape(name, fields, groups, rules);
    }

    /** Adds a rule between fields. */
    public Shape rule(Rule rule) {
        var all = new ArrayList<>(rules);
        all.add(rule);
        return new Shape(name, fields, exclusive, all);
    }

    /** Returns the field with this name. */
    public Optional<Field> field(String field) {
        return fields.stream().filter(f -> f.name().equals(field)).findFirst();
    }

    private Shape plus(Field field) {
        var all = new ArrayList<>(fields);
        all.add(field);
        return new Shape(name, all, exclusive, rules);
    }
}
