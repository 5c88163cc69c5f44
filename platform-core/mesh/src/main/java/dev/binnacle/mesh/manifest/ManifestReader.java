package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.ShapeChecker;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads manifest files: every document becomes a resource, or a diagnostic that says why not. */
public final class ManifestReader {
    private final Problems problems = new Problems();
    private final Map<ResourceRef, Resource> found = new TreeMap<>();

    private ManifestReader() {}

    /** Returns the valid resources of all files. The order of the files counts only for resources defined twice. */
    public static Compiled<Manifests> read(List<ManifestFile> files) {
        var reader = new ManifestReader();
        files.stream().sorted(Comparator.comparing(ManifestFile::name)).forEach(reader::readFile);
        reader.limitPods();
        return new Compiled<>(new Manifests(List.copyOf(reader.found.values())), reader.problems.sorted());
    }

    private void readFile(ManifestFile file) {
        var documents = YamlParser.parse(file.name(), file.text());
        problems.addAll(documents.diagnostics());
        for (var document : documents.value()) {
            readDocument(document, new Place(null, new Origin(file.name(), document.line()), ""));
        }
    }

    private void readDocument(YamlNode node, Place at) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    DiagnosticCode.NOT_A_RESOURCE,
                    at,
                    "a resource is a mapping, this document is " + node.describe(),
                    "Begin it with apiVersion, kind and metadata");
            return;
        }
        var section = new Section(mapping, at);
        String kind = section.text("kind").orElse("");
        String apiVersion = section.text("apiVersion").orElse("");
        if (apiVersion.equals("v1") && kind.equals("List")) {
            section.sections("items")
                    .forEach(item -> readDocument(
                            item.node(), new Place(null, item.place().origin(), "")));
            return;
        }
        if (kind.isEmpty() || apiVersion.isEmpty()) {
            problems.add(
                    DiagnosticCode.NOT_A_RESOURCE,
                    at,
                    "the document has no " + (kind.isEmpty() ? "kind" : "apiVersion"),
                    "Begin it with apiVersion, kind and metadata");
            return;
        }
        KindCatalog.find(apiVersion, kind, section, problems).ifPresent(k -> readResource(k, section));
    }

    private void readResource(ResourceKind kind, Section document) {
        var header = HeaderReader.read(kind.kind(), document, problems);
        if (header.isEmpty()) {
            return;
        }
        int before = problems.errors();
        var placed = new Section(document.node(), header.get().place());
        new ShapeChecker(problems).check(placed.node(), HeaderReader.withEnvelope(kind.shape()), placed.place());
        if (problems.errors() > before) {
            return;
        }
        Optional<? extends Resource> resource = kind.reader().read(header.get(), placed, problems);
        if (problems.errors() == before) {
            resource.ifPresent(r -> store(header.get(), r));
        }
    }

    private void store(Header header, Resource resource) {
        var earlier = found.put(resource.ref(), resource);
        if (earlier != null) {
            problems.add(
                    DiagnosticCode.DEFINED_TWICE,
                    header.place(),
                    "already defined at " + earlier.origin() + "; this one replaces it",
                    "Keep one of the two");
        }
    }

    private void limitPods() {
        PodLimit.excess(found.values()).forEach(workload -> {
            problems.add(
                    DiagnosticCode.TOO_MANY,
                    workload.place(),
                    "with its " + workload.replicas() + " replicas there are more pods than the " + PodLimit.MAX
                            + " one instance holds",
                    "Lower replicas");
            found.remove(workload.ref());
        });
    }
}
