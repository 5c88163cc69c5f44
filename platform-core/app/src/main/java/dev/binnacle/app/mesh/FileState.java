package dev.binnacle.app.mesh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What shows without reading it whether a file changed. A file put in place by renaming has another key.
 *
 * @param key the file system's own identity of the file, where it has one
 */
record FileState(
        Path path, FileTime modified, long size, @Nullable String key) {
    private static final FileTime NEVER = FileTime.fromMillis(0);

    /** Returns the state of {@code path}; a missing or unreadable file has size -1. */
    static FileState of(Path path) {
        try {
            return of(path, Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException e) {
            return missing(path);
        }
    }

    static FileState missing(Path path) {
        return new FileState(path, NEVER, -1, null);
    }

    static FileState of(Path path, BasicFileAttributes attributes) {
        return new FileState(
                path, attributes.lastModifiedTime(), attributes.size(), Objects.toString(attributes.fileKey(), null));
    }

    boolean exists() {
        return size >= 0;
    }
}
