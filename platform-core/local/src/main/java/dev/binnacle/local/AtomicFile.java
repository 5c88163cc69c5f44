package dev.binnacle.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files so that a reader sees the old content or the new, never half of it. */
public final class AtomicFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private AtomicFile() {}

    /** Replaces {@code file} with {@code text}; its folder is made when missing. */
    public static void write(Path file, String text) throws IOException {
        Path next = next(file);
        Files.writeString(next, text);
        move(next, file);
    }

    /** Like {@link #write}, readable by its owner alone. */
    public static void writePrivate(Path file, String text) throws IOException {
        Path next = next(file);
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(next, text.getBytes(StandardCharsets.UTF_8));
        move(next, file);
    }

    private static Path next(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Files.createDirectories(folder);
        return folder.resolve(
                "." + file.getFileName() + ".next-" + Thread.currentThread().threadId());
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
