package dev.binnacle.local.instance;

import dev.binnacle.local.Json;
import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Held by the one launcher of an instance; the kernel takes it back when the launcher ends, however it ends. */
public final class InstanceLock implements AutoCloseable {
    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock; empty when another launcher has it.
     *
     * @throws ProblemException when the runtime folder cannot be written
     */
    public static Optional<InstanceLock> take(Path file) throws IOException {
        FileChannel channel = open(file);
        if (isTaken(channel)) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(Json.write(ProcessId.current())));
        return Optional.of(new InstanceLock(channel));
    }

    /** Returns the launcher that holds the lock of {@code file}, also while it has not started anything yet. */
    public static Optional<ProcessHandle> holder(Path file) {
        try {
            return Json.MAPPER.readValue(file.toFile(), ProcessId.class).handle();
        } catch (IOException e) {
            // Nobody ever held it, or it was written half.
            return Optional.empty();
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException e) {
            // Another launcher of this very process has it.
            return true;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (java.nio.file.AccessDeniedException | java.nio.file.ReadOnlyFileSystemException e) {
            throw ProblemException.environment(
                    "cannot write to the runtime folder: " + e.getMessage(),
                    "Set BINNACLE_DIR to a folder that you may write to.");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
