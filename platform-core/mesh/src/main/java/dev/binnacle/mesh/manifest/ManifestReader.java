package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.kubernetes.Namespace;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.ResourceReader.Reading;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads manifest files: every document becomes a resource, or a diagnostic that says why not. */
public final class ManifestReader {
    private final Problems problems = new Problems();
    private final Map<ResourceRef, Resource> found = new TreeMap<>();
    private final Map<ResourceRef, Reading> partly = new TreeMap<>();

    private ManifestReader() {}

    /** Returns the valid resources of all files. The order of the files counts only for resources defined twice. */
    public static Compiled<Manifests> read(List<ManifestFile> files) {
        var reader = of(files);
        return new Compiled<>(reader.valid(), reader.problems.sorted());
    }

    /**
     * Returns all that is wrong with the files, each by itself and together. What of an invalid resource is right counts
     * here: it is checked with the others, so that its next problem need not wait until this one is solved.
     *
     * @param around resources that are there already; those of the files take their places
     * @param together says what is wrong with resources together
     */
    public static List<Diagnostic> check(
            Manifests around, List<ManifestFile> files, Function<Manifests, List<Diagnostic>> together) {
        var reader = of(files);
        reader.checkTogether(around, together);
        return reader.problems.sorted();
    }

    /**
     * Returns the valid resources of a cluster, however many pods it has, and all that is wrong with its resources, each by
     * itself and together.
     *
     * @param together says what is wrong with resources together
     */
    public static Compiled<Manifests> readCluster(
            List<ManifestFile> files, Function<Manifests, List<Diagnostic>> together) {
        var reader = unlimited(files);
        reader.checkTogether(new Manifests(List.of()), together);
        return new Compiled<>(reader.valid(), reader.problems.sorted());
    }

    private static ManifestReader of(List<ManifestFile> files) {
        var reader = unlimited(files);
        reader.limitPods();
        return reader;
    }

    private static ManifestReader unlimited(List<ManifestFile> files) {
        var reader = new ManifestReader();
        files.stream().sorted(Comparator.comparing(ManifestFile::name)).forEach(reader::readFile);
        return reader;
    }

    private void checkTogether(Manifests around, Function<Manifests, List<Diagnostic>> together) {
        var rest = partly.values().stream()
                .flatMap(reading -> reading.resource().stream())
                .filter(resource -> !(resource instanceof Workload))
                .map(Resource.class::cast)
                .toList();
        together.apply(around.overlaid(new Manifests(rest)).overlaid(valid())).stream()
                .filter(diagnostic -> !isDoubtful(diagnostic))
                .forEach(problems::add);
    }

    private Manifests valid() {
        return new Manifests(List.copyOf(found.values()));
    }

    private boolean isDoubtful(Diagnostic diagnostic) {
        var reading = diagnostic.resource() == null || found.containsKey(diagnostic.resource())
                ? null
                : partly.get(diagnostic.resource());
        return reading != null && reading.isDoubtful(diagnostic);
    }

    private void readFile(ManifestFile file) {
        var documents = YamlParser.parse(file.name(), file.text());
        problems.addAll(documents.diagnostics());
        ResourceDocuments.read(file.name(), documents.value(), problems, this::readResource);
    }

    private void readResource(ResourceKind kind, Section document) {
        var header = HeaderReader.read(kind.name(), document, problems);
        if (header.isEmpty()) {
            return;
        }
        if (!kind.meant().test(document)) {
            KindCatalog.refuse(
                    kind.apiVersions().getFirst(), kind.kind(), header.get().place(), problems);
            return;
        }
        var reading = ResourceReader.read(
                kind, header.get(), new Section(document.node(), header.get().place()));
        problems.addAll(reading.diagnostics());
        if (reading.isValid()) {
            reading.resource().ifPresent(resource -> store(header.get(), resource));
        } else {
            partly.put(header.get().ref(), reading);
        }
    }

    private void store(Header header, Resource resource) {
        var earlier = found.put(resource.ref(), resource);
        // Whoever needs a Namespace may say so.
        if (earlier != null && !(resource instanceof Namespace)) {
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
