package dev.binnacle.local.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The folder of an instance's sockets: there while the instance runs. */
public final class SocketFolder {
    private SocketFolder() {}

    /** Makes the folder, closed to other users. */
    public static void make(Layout layout) throws IOException {
        layout.user().createRuntime();
        Files.createDirectories(
                layout.sockets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Removes the folder with what is in it; a socket's file outlives the process that made it. */
    public static void remove(Layout layout) throws IOException {
        if (Files.isDirectory(layout.sockets())) {
            for (Path each : listed(layout.sockets())) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(layout.sockets());
        }
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
