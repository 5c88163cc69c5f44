package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The folders with manifests. Scenarios, Helm charts and Helm values in them are not for the running mesh. */
final class ManifestFolders {
    static final String UNREADABLE = "BNC-100";

    private static final Set<String> SKIPPED = Set.of("scenarios", "helm", "target", "node_modules");

    private static final List<String> NOT_RESOURCES = List.of("values", "kustomization.", ".");

    private final List<Path> roots;

    ManifestFolders(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * What was found.
     *
     * @param files sorted by name
     * @param problems folders and files that cannot be read
     */
    record Reading(List<ManifestFile> files, List<Diagnostic> problems) {}

    /** Returns all manifest files there are now, without reading them; a missing folder is one that does not exist. */
    List<FileState> states() {
        var states = new ArrayList<FileState>();
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                collect(root, states);
            } else {
                states.add(FileState.of(root));
            }
        }
        states.sort(Comparator.comparing(FileState::path));
        return List.copyOf(states);
    }

    /** Reads the files that {@link #states} found. */
    Reading read(List<FileState> states) {
        var files = new ArrayList<ManifestFile>();
        var problems = new ArrayList<Diagnostic>();
        for (var state : states) {
            try {
                files.add(new ManifestFile(FileNames.of(state.path()), Files.readString(state.path())));
            } catch (CharacterCodingException e) {
                problems.add(unreadable(state.path(), "the file is not UTF-8 text", "Save it as UTF-8"));
            } catch (IOException e) {
                problems.add(unreadable(
                        state.path(), "cannot be read: " + reason(e), "Check that it exists and may be read"));
            }
        }
        return new Reading(List.copyOf(files), List.copyOf(problems));
    }

    private static void collect(Path root, List<FileState> states) {
        var visitor = new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = !folder.equals(root) && SKIPPED.contains(name(folder));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isManifest(name(file))) {
                    states.add(attributes.isSymbolicLink() ? FileState.of(file) : FileState.of(file, attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // Unreadable folders are reported by reading them as files.
                states.add(FileState.of(file));
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(root, visitor);
        } catch (IOException e) {
            states.add(FileState.of(root));
        }
    }

    private static boolean isManifest(String name) {
        return name.endsWith(".yaml") && NOT_RESOURCES.stream().noneMatch(name::startsWith);
    }

    private static String name(Path path) {
        var last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    private static Diagnostic unreadable(Path path, String message, String fix) {
        return new Diagnostic(UNREADABLE, Severity.ERROR, message, fix, FileNames.of(path), 0, null, "");
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case java.nio.file.NoSuchFileException e -> "there is no such file or folder";
            case java.nio.file.AccessDeniedException e -> "access denied";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
