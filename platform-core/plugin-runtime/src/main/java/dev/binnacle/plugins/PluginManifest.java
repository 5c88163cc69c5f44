package dev.binnacle.plugins;

import dev.binnacle.spi.Spi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.pf4j.DefaultVersionManager;

/**
 * What a plugin says about itself in {@code plugin.properties}, at the top of its zip.
 *
 * @param id {@code plugin.id}
 * @param version {@code plugin.version}
 * @param requires {@code plugin.requires}: the versions of the SPI it can live with
 * @param extensions {@code plugin.extensions}: the ids it contributes, sorted
 */
record PluginManifest(String id, String version, String requires, List<String> extensions) {
    static final String FILE = "plugin.properties";

    PluginManifest {
        extensions = extensions.stream().sorted().toList();
    }

    /** Reads the manifest of the plugin that was unpacked to {@code folder}. */
    static PluginManifest read(Path folder) throws PluginRefusedException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new PluginRefusedException("has no " + FILE + " at its top. Add one with plugin.id, plugin.version,"
                    + " plugin.requires and plugin.extensions");
        }
        var properties = new Properties();
        try (var text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (IOException | IllegalArgumentException e) {
            throw new PluginRefusedException(FILE + " cannot be read: " + e.getMessage(), e);
        }
        return new PluginManifest(
                required(properties, "plugin.id"),
                required(properties, "plugin.version"),
                required(properties, "plugin.requires"),
                list(required(properties, "plugin.extensions")));
    }

    /** Returns why this host's SPI is not one that the plugin can live with; empty when it is. */
    Optional<String> incompatibility() {
        // As PF4J reads it: a bare version means "this one or newer" (facts F11).
        String constraint = requires.matches("\\d+\\.\\d+\\.\\d+") ? ">=" + requires : requires;
        try {
            return new DefaultVersionManager().checkVersionConstraint(Spi.VERSION, constraint)
                    ? Optional.empty()
                    : Optional.of("needs SPI " + constraint + ", this platform has " + Spi.VERSION);
        } catch (RuntimeException e) {
            return Optional.of("plugin.requires is not a version range: " + requires + ". Write for example >=0.1.0");
        }
    }

    private static String required(Properties properties, String key) throws PluginRefusedException {
        String value = properties.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw new PluginRefusedException(FILE + " lacks " + key);
        }
        return value;
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
