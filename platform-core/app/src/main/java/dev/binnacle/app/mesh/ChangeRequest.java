package dev.binnacle.app.mesh;

import dev.binnacle.mesh.manifest.ManifestFile;
import java.time.Duration;
import java.util.List;

/**
 * A change of the running mesh.
 *
 * @param kind apply or delete
 * @param files the resources to apply, or naming the ones to delete
 * @param dryRun whether only to say what would happen
 * @param timeout how long to wait for new hosts to get an address, and again for the proxies' answers
 */
public record ChangeRequest(Kind kind, List<ManifestFile> files, boolean dryRun, Duration timeout) {
    /** What is done. */
    public enum Kind {
        APPLY,
        DELETE
    }

    public ChangeRequest {
        files = List.copyOf(files);
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout cannot be negative, got " + timeout);
        }
    }
}
