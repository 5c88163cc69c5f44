package dev.binnacle.local.instance;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses to begin on a disk that is as good as full: half-way, not even the reason could be written to a log. */
public final class DiskSpace {
    private static final long MEGABYTE = 1_000_000;

    /** What logs and an hour of metrics take. */
    private static final long RUNNING = 100 * MEGABYTE;

    /** What the largest engine takes, unpacked beside its archive. */
    private static final long INSTALLING = 400 * MEGABYTE;

    private DiskSpace() {}

    /**
     * Checks the disk that the runtime folder is on, or will be.
     *
     * @throws ProblemException saying how much is left
     */
    public static void requireToRun(Path runtime) throws IOException {
        require(runtime, RUNNING, "logs and metrics", "BINNACLE_DIR");
    }

    /**
     * Checks the disk of the cache folder before an engine is installed there.
     *
     * @throws ProblemException saying how much is left
     */
    public static void requireToInstall(Path cache) throws IOException {
        require(cache, INSTALLING, "an engine", "XDG_CACHE_HOME");
    }

    static void require(Path folder, long bytes, String what, String variable) throws IOException {
        long left = Files.getFileStore(existing(folder.toAbsolutePath())).getUsableSpace();
        if (left < bytes) {
            throw ProblemException.environment(
                    "the disk of " + folder + " is full: " + left / MEGABYTE + " MB are left, and " + bytes / MEGABYTE
                            + " MB are needed for " + what,
                    "Free some space, or name a folder on another disk with " + variable + ".");
        }
    }

    private static Path existing(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder) || parent == null ? folder : existing(parent);
    }
}
