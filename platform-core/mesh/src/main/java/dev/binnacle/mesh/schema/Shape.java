package dev.binnacle.mesh.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one kind of mapping, and which of them exclude each other. Immutable: each method returns a larger copy.
 *
 * @param name what the API calls the type, for example {@code HTTPRoute}
 * @param fields in the order they were declared
 * @param exclusive groups of which at most one field may be set
 */
public record Shape(String name, List<Field> fields, List<List<String>> exclusive) {
    public Shape {
        fields = List.copyOf(fields);
        exclusive = List.copyOf(exclusive);
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
        return new Shape(name, fields, groups);
    }

    /** Returns the field with this name. */
    public Optional<Field> field(String field) {
        return fields.stream().filter(f -> f.name().equals(field)).findFirst();
    }

    private Shape plus(Field field) {
        var all = new ArrayList<>(fields);
        all.add(field);
        return new Shape(name, all, exclusive);
    }
}
