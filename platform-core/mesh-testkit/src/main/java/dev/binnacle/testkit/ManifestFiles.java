package dev.binnacle.testkit;

import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.ManifestNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a repository's manifests. */
final class ManifestFiles {
    private static final Set<String> SKIPPED = Set.of("target", "build", "node_modules", "charts", "templates");

    private ManifestFiles() {}

    /**
     * Returns every YAML file below the folders, and the files themselves; values and templates of Helm, and hidden files,
     * are left out.
     *
     * @throws IllegalArgumentException when one of the paths does not exist, or there is no manifest at all
     */
    static List<ManifestFile> read(List<Path> paths) {
        var result = new ArrayList<ManifestFile>();
        for (var path : paths) {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("there is no " + path + " in "
                        + Path.of("").toAbsolutePath() + "; name files or folders of manifests relative to it");
            }
            below(path).forEach(file -> result.add(new ManifestFile(file.toString(), text(file))));
        }
        if (result.isEmpty()) {
            throw new IllegalArgumentException("there is no .yaml or .yml file in " + paths);
        }
        return result;
    }

    private static List<Path> below(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isManifest(path.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + path, e);
        }
    }

    private static boolean isManifest(Path file) {
        for (var part : file) {
            if (SKIPPED.contains(part.toString()) || part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = file.getFileName().toString();
        return ManifestNames.isManifest(name.endsWith(".yml") ? name.replaceFirst("yml$", "yaml") : name);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " as UTF-8", e);
        }
    }
}
