package dev.binnacle.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder with the plugins' zips. A file changes in one step: whoever reads it sees the old one or the new one.
 *
 * @param folder may be missing, which is the same as empty
 */
record PluginStore(Path folder) {
    private static final List<String> COMPANIONS = List.of(".sig", ".sha256");

    /** Returns the zips, sorted. */
    List<Path> zips() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".zip") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the plugins' directory cannot be read: " + folder, e);
        }
    }

    /** Puts {@code zip}, and what lies beside it, in the place of {@code target}. */
    void put(Path zip, Path target) throws IOException {
        Files.createDirectories(folder);
        for (String companion : COMPANIONS) {
            Path beside = beside(zip, companion);
            if (Files.isRegularFile(beside)) {
                replace(beside, beside(target, companion));
            } else {
                Files.deleteIfExists(beside(target, companion));
            }
        }
        replace(zip, target);
    }

    /** Deletes {@code zip} and what lies beside it. */
    void remove(Path zip) throws IOException {
        Files.deleteIfExists(zip);
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(beside(zip, companion));
        }
    }

    private void replace(Path file, Path target) throws IOException {
        Path fresh = Files.createTempFile(folder, ".new-", "");
        try {
            Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path beside(Path zip, String ending) {
        return zip.resolveSibling(zip.getFileName() + ending);
    }
}
