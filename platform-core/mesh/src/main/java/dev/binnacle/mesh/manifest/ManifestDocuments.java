package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.yaml.DocumentSplitter;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manifest files document by document, to tell what differs between two sets of them. */
public final class ManifestDocuments {
    private static final Set<String> HEADER = Set.of("apiVersion", "kind", "metadata");

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

        /** Returns what {@code files} say, whatever they are called. */
        public static Contents of(List<ManifestFile> files) {
            var known = new HashMap<ResourceRef, Object>();
            files.forEach(file -> read(file, known));
            return new Contents(known);
        }

        /** Returns what is said with {@code overlays} laid over. */
        public Contents with(List<ManifestFile> overlays) {
            var known = new HashMap<>(contents);
            for (var overlay : overlays) {
                switch (OverlayKind.of(overlay)) {
                    case APPLY -> read(overlay, known);
                    case DELETE -> names(overlay).forEach(known::remove);
                    // What is not said here has no value, which removes it.
                    case RESTORE -> names(overlay).forEach(name -> known.compute(name, (n, old) -> contents.get(n)));
                }
            }
            return new Contents(known);
        }

        private static void read(ManifestFile file, Map<ResourceRef, Object> known) {
            documents(file).forEach(d -> d.names().forEach(name -> known.put(name, d.content())));
        }

        /** Returns what is said about a resource, its keys sorted; scalars are as they were written. */
        public Optional<Map<String, Object>> resource(ResourceRef resource) {
            return Optional.ofNullable(contents.get(resource)).flatMap(content -> named(content, resource));
        }

        /** A document may hold a list of resources. */
        @SuppressWarnings("unchecked")
        private static Optional<Map<String, Object>> named(@Nullable Object content, ResourceRef resource) {
            return switch (content) {
                case Map<?, ?> map when is(map, resource) -> Optional.of((Map<String, Object>) map);
                case Map<?, ?> map -> named(map.get("items"), resource);
                case List<?> list ->
                    list.stream()
                            .flatMap(item -> named(item, resource).stream())
                            .reduce((earlier, later) -> later);
                case null, default -> Optional.empty();
            };
        }

        private static boolean is(Map<?, ?> map, ResourceRef resource) {
            String kind = text(map, "kind", "");
            // Of kinds with the same name, one is called by its group, too.
            return (resource.kind().equals(kind) || resource.kind().startsWith(kind + "."))
                    && map.get("metadata") instanceof Map<?, ?> metadata
                    && resource.name().equals(text(metadata, "name", ""))
                    && resource.namespace().equals(text(metadata, "namespace", "default"));
        }

        private static String text(Map<?, ?> map, String field, String otherwise) {
            return map.get(field) instanceof YamlNode.Scalar scalar && !scalar.isNull() ? scalar.text() : otherwise;
        }

        /** Returns the resources about which {@code other} says something else, sorted. */
        public List<ResourceRef> differing(Contents other) {
            return Stream.concat(contents.keySet().stream(), other.contents.keySet().stream())
                    .distinct()
                    .filter(resource -> !agrees(other, resource))
                    .sorted()
                    .toList();
        }

        /** Tells whether {@code other} says the same about a resource. */
        public boolean agrees(Contents other, ResourceRef resource) {
            return Objects.equals(contents.get(resource), other.contents.get(resource));
        }

        /** Tells whether {@code other} says more than a name about a resource, and not what is said here. */
        public boolean contradicts(Contents other, ResourceRef resource) {
            var theirs = body(other.contents.get(resource));
            return !theirs.isEmpty() && !theirs.equals(body(contents.get(resource)));
        }

        private static List<ResourceRef> names(ManifestFile overlay) {
            return Overlays.names(List.of(overlay)).value();
        }

        /** What is left of a document without what only names it. */
        private static Map<?, ?> body(@Nullable Object content) {
            if (content instanceof List<?> nodes && nodes.size() == 1 && nodes.getFirst() instanceof Map<?, ?> fields) {
                var body = new HashMap<Object, Object>(fields);
                body.keySet().removeAll(HEADER);
                return body;
            }
            return Map.of();
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
            // Wherever it stands.
            case YamlNode.Scalar scalar -> new YamlNode.Scalar(0, scalar.text(), scalar.type());
        };
    }

    private static Map<String, Object> plain(YamlNode.Mapping mapping) {
        var plain = new TreeMap<String, Object>();
        mapping.entries().forEach(entry -> plain.put(entry.key(), plain(entry.value())));
        return plain;
    }
}
