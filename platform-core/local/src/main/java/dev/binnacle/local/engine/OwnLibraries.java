package dev.binnacle.local.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a program find the shared libraries that were unpacked beside it. */
final class OwnLibraries {
    private static final String LIBRARIES = "usr/lib";

    private OwnLibraries() {}

    /**
     * Writes a script {@code usr/bin/NAME} that starts the program with the libraries below {@code usr/lib}, wherever the folder is
     * moved to.
     *
     * @param home the folder of everything
     * @param program relative to it
     */
    static void start(Path home, String program, String name) throws IOException {
        Path script = Files.createDirectories(home.resolve("usr/bin")).resolve(name);
        Files.writeString(script, """
                #!/bin/sh
                home=$(dirname "$(readlink -f "$0")")/../..
                LD_LIBRARY_PATH=%s${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
                export LD_LIBRARY_PATH
                exec "$home/%s" "$@"
                """.formatted(folders(home), program));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
    }

    private static String folders(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(LIBRARIES))) {
            return files.filter(file -> file.getFileName().toString().contains(".so"))
                    .map(file -> "$home/" + home.relativize(file.resolveSibling("")))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(":", "\"", "\""));
        }
    }
}
