package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.yaml.YamlNode;
import java.util.List;
import java.util.function.BiConsumer;

/** Finds the resources in the documents of a file, those in Lists too. */
final class ResourceDocuments {
    private static final String LIST = "List";

    private final String file;
    private final Problems problems;
    private final BiConsumer<ResourceKind, Section> reader;

    private ResourceDocuments(String file, Problems problems, BiConsumer<ResourceKind, Section> reader) {
        this.file = file;
        this.problems = problems;
        this.reader = reader;
    }

    /** Hands each resource of a known kind to {@code reader}, and reports what is none. */
    static void read(
            String file, List<YamlNode> documents, Problems problems, BiConsumer<ResourceKind, Section> reader) {
        var found = new ResourceDocuments(file, problems, reader);
        documents.forEach(document -> found.read(document, "document"));
    }

    private void read(YamlNode node, String what) {
        var at = new Place(null, new Origin(file, node.line()), "");
        if (node instanceof YamlNode.Mapping mapping) {
            read(new Section(mapping, at), what);
        } else {
            notAResource(at, "a resource is a mapping, this " + what + " is " + node.describe());
        }
    }

    private void read(Section section, String what) {
        String kind = section.text("kind").orElse("");
        String apiVersion = section.text("apiVersion").orElse("");
        if (kind.isEmpty() || apiVersion.isEmpty()) {
            notAResource(section.place(), "the " + what + " has no " + (kind.isEmpty() ? "kind" : "apiVersion"));
        } else if (kind.endsWith(LIST)) {
            readList(kind, section);
        } else {
            KindCatalog.find(apiVersion, kind, section, problems).ifPresent(known -> reader.accept(known, section));
        }
    }

    /** Kubernetes has a kind of list for each kind of resource beside the plain List. */
    private void readList(String kind, Section list) {
        var items = list.node().get("items");
        if (items.isPresent() && items.get() instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> read(item, "item of a " + kind));
        } else {
            problems.add(
                    DiagnosticCode.NOT_A_RESOURCE,
                    list.placeOf("items"),
                    "a " + kind + " has its resources as a list in items, this one has "
                            + items.map(YamlNode::describe).orElse("none"),
                    "Add items, or write the resources as documents of their own");
        }
    }

    private void notAResource(Place at, String message) {
        problems.add(DiagnosticCode.NOT_A_RESOURCE, at, message, "Begin it with apiVersion, kind and metadata");
    }
}
