package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.KindCatalog;
import dev.binnacle.mesh.manifest.ManifestDocuments.Document;
import java.util.Collection;
import java.util.List;

/** The texts of overlay files. */
final class OverlayText {
    private OverlayText() {}

    /** Returns the documents as one file, each as it was written, with its origin above. */
    static String applying(List<Document> documents) {
        var text = new StringBuilder();
        for (var document : documents) {
            text.append("# ").append(singleLine(document.file())).append(':').append(document.linesBefore() + 1);
            text.append(document.text().startsWith("---") ? "\n" : "\n---\n");
            text.append(document.text().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Returns the names of resources that are gone. */
    static String deleting(Collection<ResourceRef> resources) {
        return naming("# Deleted at run time.\n", resources);
    }

    /** Returns the names of resources that are what the manifests say. */
    static String restoring(Collection<ResourceRef> resources) {
        return naming("# As the manifests say.\n", resources);
    }

    private static String naming(String comment, Collection<ResourceRef> resources) {
        var text = new StringBuilder(comment);
        resources.stream()
                .sorted()
                .forEach(ref ->
                        text.append("""
                ---
                apiVersion: %s
                kind: %s
                metadata:
                  namespace: "%s"
                  name: "%s"
                """.formatted(apiVersion(ref.kind()), ref.kind(), ref.namespace(), ref.name())));
        return text.toString();
    }

    private static String apiVersion(String kind) {
        return KindCatalog.read().stream()
                .filter(known -> known.kind().equals(kind))
                .map(known -> known.apiVersions().getFirst())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kind: " + kind));
    }

    private static String singleLine(String name) {
        return name.replaceAll("\\p{Cntrl}", " ");
    }
}
