package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders of manifests of an instance and its overlays.
 *
 * <p>Within a folder every {@code .yaml} file counts, but not Helm values and not the scenarios, which are
 * applied one at a time.
 */
public final class ManifestFolders {
    private static final List<String> NOT_RESOURCES = List.of("values", "kustomization.", ".");

    private static final Set<String> SKIPPED = Set.of("scenarios", "helm", "target", "node_modules");

    private final Path clone;
    private final List<Path> folders;

    private ManifestFolders(Path clone, List<Path> folders) {
        this.clone = clone;
        this.folders = List.copyOf(folders);
    }

    /**
     * Returns the folders given, or the clone's own when none are.
     *
     * @throws ProblemException when a folder that was given is not there
     */
    public static ManifestFolders of(Path clone, List<Path> given) {
        for (Path folder : given) {
            if (!Files.exists(folder)) {
                throw ProblemException.usage("there is no " + folder, "Name a folder or a file of manifests.");
            }
        }
        List<Path> usual = Stream.of("sample-services/kubernetes", "istio")
                .map(clone::resolve)
                .filter(Files::isDirectory)
                .toList();
        return new ManifestFolders(
                clone,
                given.isEmpty()
                        ? usual
                        : given.stream().map(Path::toAbsolutePath).toList());
    }

    /** Returns the folders, absolute. */
    public List<Path> folders() {
        return folders;
    }

    /** Returns every manifest file with its text; names are relative to the clone where they are within it. */
    public List<ManifestFile> files() {
        var files = new ArrayList<ManifestFile>();
        paths().forEach(file -> files.add(read(file)));
        return files;
    }

    /** Returns every manifest file there is now, in order. */
    List<Path> paths() {
        return folders.stream().flatMap(folder -> below(folder).stream()).toList();
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isManifest(folder, file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ProblemException.environment("cannot list " + folder + ": " + e.getMessage(), "");
        }
    }

    private static boolean isManifest(Path folder, Path file) {
        if (file.equals(folder)) {
            return true;
        }
        String name = file.getFileName().toString();
        if (!name.endsWith(".yaml") || NOT_RESOURCES.stream().anyMatch(name::startsWith)) {
            return false;
        }
        Path parent = folder.relativize(file).getParent();
        return parent == null
                || Stream.iterate(parent, each -> each != null, Path::getParent)
                        .map(each -> each.getFileName().toString())
                        .noneMatch(SKIPPED::contains);
    }

    private ManifestFile read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path named = absolute.startsWith(clone) ? clone.relativize(absolute) : absolute;
        try {
            return new ManifestFile(named.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            throw ProblemException.no(named + ": not UTF-8 text", "Save the file as UTF-8.");
        } catch (IOException e) {
            throw ProblemException.environment("cannot read " + named + ": " + e.getMessage(), "");
        }
    }
}
