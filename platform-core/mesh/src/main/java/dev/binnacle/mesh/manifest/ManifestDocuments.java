package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.yaml.DocumentSplitter;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Manifest files document by document, to tell what differs between two sets of them. */
public final class ManifestDocuments {
    private ManifestDocuments() {}

    /**
     * One document as written.
     *
     * @param file the file it is in
     * @param linesBefore how many lines of the file come before it
     * @param text with its marker, if it has one
     * @param names the resources it defines; more than one for a List
     * @param content what it says, lines, comments and the order of keys left aside
     */
    public record Document(String file, int linesBefore, String text, List<ResourceRef> names, Object content) {}

    /**
     * What a set of files says about each resource. Immutable, and worth keeping: it takes parsing.
     *
     * @param contents by resource
     */
    public record Contents(Map<ResourceRef, Object> contents) {
        public Contents {
            contents = Map.copyOf(contents);
        }

        /** Returns what {@code files} say. */
        public static Contents of(List<ManifestFile> files) {
            return new Contents(Map.of()).with(files);
        }

        /** Returns what is said after {@code later} files, overlays among them. */
        public Contents with(List<ManifestFile> later) {
            var known = new HashMap<>(contents);
            for (var file : later) {
                if (Overlays.deletes(file)) {
                    Overlays.names(List.of(file)).value().forEach(known::remove);
                } else {
                    documents(file).forEach(d -> d.names().forEach(name -> known.put(name, d.content())));
                }
            }
            return new Contents(known);
        }

        /** Returns the documents of {@code given} that define a resource otherwise, or a new one. */
        public List<Document> changed(List<ManifestFile> given) {
            return given.stream()
                    .flatMap(file -> documents(file).stream())
                    .filter(d ->
                            d.names().stream().anyMatch(name -> !d.content().equals(contents.get(name))))
                    .toList();
        }
    }

    private static List<Document> documents(ManifestFile file) {
        return DocumentSplitter.split(file.text()).stream()
                .map(part -> document(file.name(), part))
                .filter(d -> !d.names().isEmpty())
                .toList();
    }

    private static Document document(String file, DocumentSplitter.Part part) {
        var nodes = YamlParser.parse(file, part.text()).value();
        var names = NameReader.read(file, nodes);
        var content = nodes.stream().map(ManifestDocuments::plain).toList();
        return new Document(file, part.linesBefore(), part.text(), names, content);
    }

    private static Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> plain(mapping);
            case YamlNode.Sequence sequence ->
                sequence.items().stream().map(ManifestDocuments::plain).toList();
            case YamlNode.Scalar scalar -> scalar.type() + " " + scalar.text();
        };
    }

    private static Map<String, Object> plain(YamlNode.Mapping mapping) {
        var plain = new TreeMap<String, Object>();
        mapping.entries().forEach(entry -> plain.put(entry.key(), plain(entry.value())));
        return plain;
    }
}
