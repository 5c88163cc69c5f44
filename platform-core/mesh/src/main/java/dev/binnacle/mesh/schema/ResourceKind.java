package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.Problems;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A kind of resource: where it is found, what it looks like, and how it is read.
 *
 * @param kind for example {@code VirtualService}
 * @param name what resources of the kind are called where they are named: the kind, and its group where two kinds share it
 * @param apiVersions every apiVersion it is accepted under
 * @param shape the fields beside apiVersion, kind, metadata and status
 * @param reader reads a document that fits the shape; empty when it is refused, which is reported then
 * @param meant whether a document is of the sort that is read, where others of the kind are not
 */
public record ResourceKind(
        String kind, String name, List<String> apiVersions, Shape shape, Reader reader, Predicate<Section> meant) {
    /** Creates a kind of which every document is read. */
    public ResourceKind(String kind, String name, List<String> apiVersions, Shape shape, Reader reader) {
        this(kind, name, apiVersions, shape, reader, document -> true);
    }

    /** Creates a kind that shares its name with no other, and of which every document is read. */
    public ResourceKind(String kind, List<String> apiVersions, Shape shape, Reader reader) {
        this(kind, kind, apiVersions, shape, reader);
    }

    /** Reads one document. */
    @FunctionalInterface
    public interface Reader {
        /** Returns the resource that {@code document} describes. */
        Optional<? extends Resource> read(Header header, Section document, Problems problems);
    }
}
