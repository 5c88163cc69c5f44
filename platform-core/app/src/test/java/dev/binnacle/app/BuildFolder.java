package dev.binnacle.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for tests whose application outlives them: in the build's folder, so that nothing stays elsewhere. */
public final class BuildFolder {
    private BuildFolder() {}

    /** Returns the empty folder {@code target/name}; what an earlier run left there is gone. */
    public static Path fresh(String name) throws IOException {
        Path folder = Path.of("target", name).toAbsolutePath();
        if (Files.exists(folder)) {
            for (Path each : deepestFirst(folder)) {
                Files.delete(each);
            }
        }
        return Files.createDirectories(folder);
    }

    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
