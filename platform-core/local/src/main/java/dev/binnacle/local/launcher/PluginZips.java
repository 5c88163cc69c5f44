package dev.binnacle.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Brings the plugins that the clone's build made to the folder the app loads from. */
public final class PluginZips {
    private PluginZips() {}

    /** Copies each {@code plugins/*}{@code /target/*-plugin.zip} that is not there yet, or is newer there. */
    public static void copy(Path clone, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path zip : built(clone.resolve("plugins"))) {
            Path target = to.resolve(zip.getFileName());
            boolean same = Files.exists(target)
                    && Files.size(target) == Files.size(zip)
                    && !Files.getLastModifiedTime(zip)
                            .toInstant()
                            .isAfter(Files.getLastModifiedTime(target).toInstant());
            if (!same) {
                Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Returns the clone's own plugins, and those in {@code installed} that are not copies of them. */
    public static List<Path> all(Path clone, Path installed) throws IOException {
        var zips = new TreeMap<String, Path>();
        zips(installed).forEach(zip -> zips.put(zip.getFileName().toString(), zip));
        built(clone.resolve("plugins"))
                .forEach(zip -> zips.put(zip.getFileName().toString(), zip));
        return List.copyOf(zips.values());
    }

    private static List<Path> built(Path plugins) throws IOException {
        if (!Files.isDirectory(plugins)) {
            return List.of();
        }
        try (Stream<Path> modules = Files.list(plugins)) {
            return modules.map(module -> module.resolve("target"))
                    .filter(Files::isDirectory)
                    .flatMap(PluginZips::zips)
                    .filter(zip -> zip.getFileName().toString().endsWith("-plugin.zip"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> zips(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".zip")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
