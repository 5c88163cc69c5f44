package dev.binnacle.local.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Keeps log files short: at ten megabytes the content moves to a second file, of which there is one. */
final class LogRotation {
    private static final System.Logger LOG = System.getLogger(LogRotation.class.getName());
    private static final long LONGEST = 10_000_000;

    private LogRotation() {}

    static void rotate(Path folder) {
        for (Path log : logs(folder)) {
            try {
                if (Files.size(log) > LONGEST) {
                    Files.copy(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
                    truncate(log);
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "log not rotated file=" + log, e);
            }
        }
    }

    // The writers append, so they go on at the new end; renaming would take the file from under them.
    private static void truncate(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(0);
        }
    }

    private static List<Path> logs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
