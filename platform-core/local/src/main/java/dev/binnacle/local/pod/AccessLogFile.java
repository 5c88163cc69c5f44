package dev.binnacle.local.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Leads what a sidecar writes to {@code access.log} in its working folder to the logs of the instance, where it is rotated. */
final class AccessLogFile {
    private AccessLogFile() {}

    static void link(Path folder, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        Path link = folder.resolve("access.log");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, log);
    }
}
