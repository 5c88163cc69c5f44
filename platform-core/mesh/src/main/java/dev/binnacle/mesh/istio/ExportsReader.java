package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.Section;
import java.util.Optional;

/** Reads the field {@code exportTo}. */
final class ExportsReader {
    private ExportsReader() {}

    /**
     * Returns who sees a resource; empty when it does not say.
     *
     * @param mayHide whether nobody may see it
     */
    static Optional<Exports> read(Header header, Section spec, boolean mayHide, Problems problems) {
        var words = spec.texts("exportTo");
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(Exports.read(words, header.ref().namespace(), mayHide, problems));
    }
}
