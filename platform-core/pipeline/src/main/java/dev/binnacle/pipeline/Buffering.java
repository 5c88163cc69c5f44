package dev.binnacle.pipeline;

import java.nio.file.Path;

/**
 * A disk buffer for one exporter.
 *
 * @param folder its own
 * @param bytes the most it takes; the oldest samples make room
 */
public record Buffering(Path folder, long bytes) {
    private static final long LEAST = 1 << 20;

    public Buffering {
        if (bytes < LEAST) {
            throw new IllegalArgumentException("a disk buffer takes at least " + LEAST + " bytes, not " + bytes);
        }
    }
}
