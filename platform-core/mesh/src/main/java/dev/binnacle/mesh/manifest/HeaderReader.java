package dev.binnacle.mesh.manifest;

import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.TEXTS;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.schema.Field;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.LabelSyntax;
import dev.binnacle.mesh.schema.Lookalikes;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads what every resource has: apiVersion, kind and metadata. */
final class HeaderReader {
    private static final Shape METADATA = Shape.named("ObjectMeta")
            .require("name", TEXT)
            .with("namespace", TEXT)
            .with("labels", LABELS)
            .with("annotations", TEXTS)
            .clusterOnly(
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "generateName",
                    "managedFields",
                    "ownerReferences",
                    "finalizers",
                    "selfLink");
    private static final Shape ENVELOPE = Shape.named("")
            .require("apiVersion", TEXT)
            .require("kind", TEXT)
            .require("metadata", section(METADATA))
            .clusterOnly("status");

    private HeaderReader() {}

    /** Returns {@code shape} with the fields that every resource has. */
    static Shape withEnvelope(Shape shape) {
        var fields = new ArrayList<Field>(ENVELOPE.fields());
        fields.addAll(shape.fields());
        return new Shape(shape.name(), fields, shape.exclusive(), shape.rules());
    }

    /** Returns the header; empty when the resource has no usable name, which is reported then. */
    static Optional<Header> read(String kind, Section document, Problems problems) {
        var metadata = document.section("metadata");
        var name = metadata.flatMap(m -> m.text("name"));
        if (metadata.isEmpty() || name.isEmpty()) {
            problems.add(
                    DiagnosticCode.NOT_A_RESOURCE,
                    metadata.map(Section::place).orElse(document.place()),
                    "a " + kind + " without metadata.name",
                    "Give it a name");
            return Optional.empty();
        }
        String namespace = metadata.get().text("namespace").orElse("default");
        var ref = new ResourceRef(kind, namespace, name.get());
        var place = new Place(ref, document.place().origin(), "metadata");
        var placed = new Section(metadata.get().node(), place);
        boolean usable = usable("name", LabelSyntax::isName, placed, problems)
                & usable("namespace", LabelSyntax::isLabel, placed, problems);
        return usable
                ? Optional.of(
                        new Header(ref, document.place().origin(), placed.map("labels"), placed.map("annotations")))
                : Optional.empty();
    }

    private static boolean usable(String field, Predicate<String> rule, Section metadata, Problems problems) {
        var name = metadata.text(field);
        if (name.isEmpty() || rule.test(name.get())) {
            return true;
        }
        problems.add(
                DiagnosticCode.BAD_NAME,
                metadata.placeOf(field),
                "\"" + name.get() + "\" is not a name that Kubernetes accepts" + Lookalikes.in(name.get()),
                "Use lower-case letters, digits and dashes");
        return false;
    }
}
