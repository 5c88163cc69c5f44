package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.Problems;
import java.util.List;
import java.util.Optional;

/**
 * A kind of resource: where it is found, what it looks like, and how it is read.
 *
 * @param kind for example {@code VirtualService}
 * @param apiVersions every apiVersion it is accepted under
 * @param shape the fields beside apiVersion, kind, metadata and status
 * @param reader reads a document that fits the shape; empty when it is refused, which is reported then
 */
public record ResourceKind(String kind, List<String> apiVersions, Shape shape, Reader reader) {

    /** Reads one document. */
    @FunctionalInterface
    public interface Reader {
        /** Returns the resource that {@code document} describes. */
        Optional<? extends Resource> read(Header header, Section document, Problems problems);
    }
}
