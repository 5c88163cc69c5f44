package dev.binnacle.spi.generate;

import java.util.List;

/**
 * Turns manifests and its settings into configuration files.
 *
 * <p>A pure function: the same manifests in any order and the same settings give the same bytes, on every machine and at
 * every time. It opens no file and no connection, and keeps nothing between calls. It may be called from several threads
 * at once.
 */
@FunctionalInterface
public interface ConfigGenerator {
    /**
     * Returns the files, each path once; an empty list means that there is nothing to configure.
     *
     * @param manifests what the user wrote; may be empty
     * @throws GenerationException when the manifests do not allow an answer
     */
    List<GeneratedFile> generate(List<SourceFile> manifests) throws GenerationException;

    /**
     * Returns further files that depend on what all generators made in this run, such as the list of the metrics that rules
     * and dashboards use; none unless overridden. A pure function, too: the order of {@code all} does not matter.
     *
     * @param all what {@link #generate} of every generator returned
     * @throws GenerationException when these files do not allow an answer
     */
    default List<GeneratedFile> complete(List<GeneratedFile> all) throws GenerationException {
        return List.of();
    }
}
