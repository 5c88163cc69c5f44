package dev.binnacle.app.mesh;

import java.nio.file.Path;

/** How files are called in diagnostics and as the origin of routes: as a person in the working folder would. */
final class FileNames {
    private static final Path WORKING_FOLDER = Path.of("").toAbsolutePath();

    private FileNames() {}

    /** Returns the path from the working folder when the file is below it, else the absolute path. */
    static String of(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(WORKING_FOLDER) ? WORKING_FOLDER.relativize(absolute) : absolute).toString();
    }
}
