package dev.binnacle.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.pf4j.util.FileUtils;

/** The unpacked copy of one plugin zip, in the runtime's own working folder. */
record PluginFolder(Path path) {
    private static final String SPI_CLASSES = "dev/binnacle/spi/";
    private static final long MAX_UNPACKED_BYTES = 512L << 20;

    /**
     * Copies {@code zip} into the new folder {@code place} and unpacks it there, so that the original may be replaced or
     * deleted at any time.
     */
    static PluginFolder unpack(Path zip, Path place) throws PluginRefusedException {
        try {
            Files.createDirectories(place);
            Path copy = Files.copy(zip, place.resolve(zip.getFileName()));
            requireReadable(copy);
            return new PluginFolder(FileUtils.expandIfZip(copy));
        } catch (IOException | UncheckedIOException e) {
            throw new PluginRefusedException("the zip cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** Returns why the plugin's own classes must not be loaded; an SPI of its own would not be the host's (facts F11). */
    void requireNoSpi() throws PluginRefusedException {
        try {
            for (Path jar : jars()) {
                try (var zip = new ZipFile(jar.toFile())) {
                    if (zip.stream().anyMatch(entry -> isSpiClass(entry.getName()))) {
                        throw bundlesSpi(path.relativize(jar).toString());
                    }
                }
            }
            if (Files.isDirectory(path.resolve("classes").resolve(SPI_CLASSES))) {
                throw bundlesSpi("classes/");
            }
        } catch (IOException e) {
            throw new PluginRefusedException("a jar in lib/ cannot be read: " + e.getMessage(), e);
        }
    }

    /** Deletes the folder with everything in it. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private List<Path> jars() throws IOException {
        Path lib = path.resolve("lib");
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    // PF4J reads the zip as a stream and takes a truncated one for an empty one; the directory at its end tells.
    private static void requireReadable(Path zip) throws IOException {
        long bytes = 0;
        try (var file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                bytes += Math.max(0, entries.nextElement().getSize());
            }
        }
        if (bytes > MAX_UNPACKED_BYTES) {
            throw new IOException("it would unpack to " + bytes + " bytes, more than " + MAX_UNPACKED_BYTES);
        }
    }

    private static boolean isSpiClass(String entry) {
        return entry.startsWith(SPI_CLASSES) && entry.endsWith(".class");
    }

    private static PluginRefusedException bundlesSpi(String where) {
        return new PluginRefusedException("bundles the SPI in " + where
                + ", whose classes would not be the host's. Give binnacle-spi the scope 'provided'");
    }
}
