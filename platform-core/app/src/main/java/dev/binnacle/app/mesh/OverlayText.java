package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.KindCatalog;
import dev.binnacle.mesh.manifest.ManifestDocuments.Document;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The text of an overlay file.
 *
 * @param text the whole file
 * @param pieces the documents it was made of, by the number of lines that come before each
 */
record OverlayText(String text, NavigableMap<Integer, Document> pieces) {

    /** Returns the documents as one file, each as it was written, with its origin above. */
    static OverlayText applying(List<Document> documents) {
        var text = new StringBuilder();
        var pieces = new TreeMap<Integer, Document>();
        int lines = 0;
        for (var document : documents) {
            String header = "# " + singleLine(document.file()) + ":" + (document.linesBefore() + 1) + "\n";
            if (!document.text().startsWith("---")) {
                header = header + "---\n";
            }
            String body = document.text().stripTrailing() + "\n";
            lines += (int) header.lines().count();
            pieces.put(lines, document);
            lines += (int) body.lines().count();
            text.append(header).append(body);
        }
        return new OverlayText(text.toString(), pieces);
    }

    /** Returns the names of resources that are gone. */
    static OverlayText deleting(Collection<ResourceRef> resources) {
        return naming("# Deleted at run time.\n", resources);
    }

    /** Returns the names of resources that are what the manifests say. */
    static OverlayText restoring(Collection<ResourceRef> resources) {
        return naming("# As the manifests say.\n", resources);
    }

    private static OverlayText naming(String comment, Collection<ResourceRef> resources) {
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
        return new OverlayText(text.toString(), new TreeMap<>());
    }

    /** Returns {@code diagnostic}, which is about a file with this text, with the place in the file the user gave. */
    Diagnostic asGiven(Diagnostic diagnostic) {
        var piece = pieces.lowerEntry(diagnostic.line());
        return piece == null
                ? diagnostic
                : new Diagnostic(
                        diagnostic.code(),
                        diagnostic.severity(),
                        diagnostic.message(),
                        diagnostic.fix(),
                        piece.getValue().file(),
                        diagnostic.line() - piece.getKey() + piece.getValue().linesBefore(),
                        diagnostic.resource(),
                        diagnostic.path());
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
