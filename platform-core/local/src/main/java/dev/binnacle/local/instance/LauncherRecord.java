package dev.binnacle.local.instance;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code run/launcher.json} says: who the launcher is, how to speak to it, and every process it started.
 *
 * @param pid the launcher's process number
 * @param startTime see {@link ProcessId}
 * @param control the control server's URL
 * @param token the secret that its callers send
 * @param block the first address of the instance's loopback block
 * @param children processes the launcher started and has not seen end
 */
public record LauncherRecord(
        long pid, String startTime, String control, String token, String block, List<Child> children) {

    /** A process the launcher started. */
    public record Child(String name, long pid, String startTime) {
        /** Returns who it is. */
        public ProcessId id() {
            return new ProcessId(pid, startTime);
        }
    }

    public LauncherRecord {
        children = children == null ? List.of() : List.copyOf(children);
    }

    /** Returns who the launcher is. */
    public ProcessId launcher() {
        return new ProcessId(pid, startTime);
    }

    /** Returns the children that still run. */
    public List<Child> livingChildren() {
        return children.stream().filter(child -> child.id().isAlive()).toList();
    }

    /** Reads the record; empty when there is none, or when it cannot be understood. */
    public static Optional<LauncherRecord> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Json.MAPPER.readValue(file.toFile(), LauncherRecord.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes the record, readable by its owner alone. */
    public void write(Path file) throws IOException {
        AtomicFile.writePrivate(file, Json.write(this));
    }
}
