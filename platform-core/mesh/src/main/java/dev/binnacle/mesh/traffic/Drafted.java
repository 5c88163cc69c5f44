package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.List;
import java.util.Optional;

/** What became of a {@link Steering}. */
public sealed interface Drafted {
    /**
     * It can be written.
     *
     * @param yaml the resources as they would be; what the draft does not touch is as it was, comments left out
     * @param before the same as they are; empty when there are none
     * @param files the same as {@code yaml}, as {@code apply} takes it
     * @param words what changes, a sentence each
     */
    record Draft(String yaml, Optional<String> before, List<ManifestFile> files, List<String> words)
            implements Drafted {
        public Draft {
            files = List.copyOf(files);
            words = List.copyOf(words);
        }
    }

    /** It cannot be written without breaking something else, or makes no sense. */
    record Refused(String why) implements Drafted {}
}
