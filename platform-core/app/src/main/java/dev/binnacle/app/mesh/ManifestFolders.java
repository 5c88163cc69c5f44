package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.ManifestNames;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The folders with manifests. Scenarios, Helm charts and Helm values in them are not for the running mesh. */
final class ManifestFolders {
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
            String name = FileNames.of(state.path());
            try {
                files.add(new ManifestFile(name, text(state.path())));
            } catch (CharacterCodingException e) {
                problems.add(ManifestNames.unreadable(name, "the file is not UTF-8 text", "Save it as UTF-8"));
            } catch (IOException e) {
                problems.add(ManifestNames.unreadable(
                        name, "cannot be read: " + reason(e), "Check that it exists and may be read, or remove it"));
            }
        }
        return new Reading(List.copyOf(files), List.copyOf(problems));
    }

    /** A pipe or a device in the place of a file would never end. */
    private static String text(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "neither a file nor a folder that can be listed");
        }
        if (Files.size(file) > ManifestNames.MOST_BYTES) {
            throw new FileSystemException(file.toString(), null, "larger than " + ManifestNames.MOST_BYTES + " bytes");
        }
        return Files.readString(file);
    }

    private static void collect(Path root, List<FileState> states) {
        var visitor = new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = !folder.equals(root) && !ManifestNames.isLookedInto(name(folder));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (ManifestNames.isManifest(name(file))) {
                    states.add(attributes.isSymbolicLink() ? FileState.of(file) : FileState.of(file, attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // Unreadable folders and links that lead back are reported by reading them as files.
                states.add(FileState.of(file));
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(root, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            states.add(FileState.of(root));
        }
    }

    private static String name(Path path) {
        var last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "there is no such file or folder";
            case AccessDeniedException e -> "access denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
