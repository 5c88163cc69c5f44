package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
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
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders of manifests of an instance and its overlays.
 *
 * <p>Within a folder every manifest counts by its {@linkplain ManifestNames name}. Links are followed.
 */
public final class ManifestFolders {
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
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
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

    /**
     * What was found.
     *
     * @param files with their text; names are relative to the clone where they are within it
     * @param problems files and folders that cannot be read
     */
    public record Reading(List<ManifestFile> files, List<Diagnostic> problems) {}

    /** Reads every manifest file; what cannot be read is told, and keeps nothing else from being read. */
    public Reading read() {
        var files = new ArrayList<ManifestFile>();
        var problems = new ArrayList<Diagnostic>();
        for (Path file : paths()) {
            try {
                files.add(new ManifestFile(name(file), text(file)));
            } catch (CharacterCodingException e) {
                problems.add(ManifestNames.unreadable(name(file), "not UTF-8 text", "Save the file as UTF-8"));
            } catch (IOException e) {
                problems.add(ManifestNames.unreadable(
                        name(file),
                        "cannot be read: " + reason(e),
                        "Check that it exists and may be read, or remove it"));
            }
        }
        return new Reading(List.copyOf(files), List.copyOf(problems));
    }

    /** Returns every manifest file there is now, in order, and what cannot be looked into. */
    List<Path> paths() {
        return folders.stream().flatMap(folder -> below(folder).stream()).toList();
    }

    private static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of(folder);
        }
        var found = new ArrayList<Path>();
        var visitor = new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                boolean skipped = !each.equals(folder)
                        && !ManifestNames.isLookedInto(each.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (ManifestNames.isManifest(file.getFileName().toString())) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // Reading it as a file will say what is wrong with it.
                found.add(file);
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            found.add(folder);
        }
        return found.stream().sorted().toList();
    }

    private String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(clone) ? clone.relativize(absolute) : absolute).toString();
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

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "there is no such file or folder";
            case AccessDeniedException e -> "access denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
