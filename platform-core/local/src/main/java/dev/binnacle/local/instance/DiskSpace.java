package dev.binnacle.local.instance;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses to begin on a disk that is as good as full: half-way, not even the reason could be written to a log. */
public final class DiskSpace {
    private static final long MEGABYTE = 1_000_000;

    /** What logs and an hour of metrics take. */
    private static final long NEEDED = 100 * MEGABYTE;

    private DiskSpace() {}

    /**
     * Checks the disk that {@code folder} is on, or will be.
     *
     * @throws ProblemException saying how much is left
     */
    public static void require(Path folder) throws IOException {
        require(folder, NEEDED);
    }

    static void require(Path folder, long bytes) throws IOException {
        long left = Files.getFileStore(existing(folder.toAbsolutePath())).getUsableSpace();
        if (left < bytes) {
            throw ProblemException.environment(
                    "the disk of " + folder + " is full: " + left / MEGABYTE + " MB are left, and " + bytes / MEGABYTE
                            + " MB are needed for logs and metrics",
                    "Free some space, or move the runtime folder to another disk with BINNACLE_DIR.");
        }
    }

    private static Path existing(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder) || parent == null ? folder : existing(parent);
    }
}
