package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Inert;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.KindCatalog;
import dev.binnacle.mesh.manifest.ManifestDocuments.Document;
import dev.binnacle.mesh.schema.ResourceKind;
import java.util.Collection;
import java.util.List;

/** The texts of overlay files. */
final class OverlayText {
    private OverlayText() {}

    /** Returns the documents as one file, each as it was written, with its origin above. */
    static String applying(List<Document> documents) {
        var text = new StringBuilder();
        for (var document : documents) {
            String written = withoutDirectives(document.text());
            text.append("# ")
                    .append(Inert.shortened(document.file()))
                    .append(':')
                    .append(document.linesBefore() + 1);
            text.append(written.startsWith("---") ? "\n" : "\n---\n");
            text.append(written.stripTrailing()).append('\n');
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
        resources.stream().sorted().forEach(ref -> text.append(named(kind(ref.kind()), ref)));
        return text.toString();
    }

    private static String named(ResourceKind kind, ResourceRef ref) {
        return """
                ---
                apiVersion: %s
                kind: %s
                metadata:
                  namespace: "%s"
                  name: "%s"
                """.formatted(kind.apiVersions().getFirst(), kind.kind(), ref.namespace(), ref.name());
    }

    private static ResourceKind kind(String name) {
        return KindCatalog.read().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kind: " + name));
    }

    /** A directive such as {@code %YAML 1.1} must not stand behind a marker, and says nothing that counts here. */
    private static String withoutDirectives(String document) {
        return document.startsWith("%") ? document.substring(document.indexOf("\n---") + 1) : document;
    }
}
