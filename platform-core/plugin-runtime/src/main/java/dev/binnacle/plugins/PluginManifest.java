package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.spi.Spi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pf4j.DefaultVersionManager;

/**
 * What a plugin says about itself in {@code plugin.properties}, at the top of its zip.
 *
 * @param id {@code plugin.id}
 * @param version {@code plugin.version}
 * @param requires {@code plugin.requires}: the versions of the SPI it can live with
 * @param spi {@code plugin.spi}: the version of the SPI that it was compiled against; empty when it does not say
 * @param extensions {@code plugin.extensions}: the ids it contributes, sorted
 */
record PluginManifest(String id, String version, String requires, String spi, List<String> extensions) {
    static final String FILE = "plugin.properties";

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final List<String> KEYS =
            List.of("plugin.id", "plugin.version", "plugin.requires", "plugin.extensions");

    PluginManifest {
        extensions = extensions.stream().sorted().toList();
    }

    /**
     * Reads the manifest of the plugin that was unpacked to {@code folder}.
     *
     * @throws InvalidManifestException with every key that is missing
     */
    static PluginManifest read(Path folder) throws InvalidManifestException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw invalid("is missing at the plugin's top", "Add one with " + String.join(", ", KEYS));
        }
        var properties = new Properties();
        try (var text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("cannot be read: " + e.getMessage(), "Write it as UTF-8");
        }
        var missing =
                KEYS.stream().filter(key -> value(properties, key).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw invalid("lacks " + String.join(", ", missing), "Add it; docs/plugins.md shows one");
        }
        if (!ID.matcher(value(properties, "plugin.id")).matches()) {
            throw invalid(
                    "has a plugin.id that cannot name a file: " + value(properties, "plugin.id"),
                    "Take lower-case letters, digits, '-', '_' and '.'");
        }
        return new PluginManifest(
                value(properties, "plugin.id"),
                value(properties, "plugin.version"),
                value(properties, "plugin.requires"),
                value(properties, "plugin.spi"),
                list(value(properties, "plugin.extensions")));
    }

    /** Returns why this host and the plugin cannot live with each other; nothing when they can. */
    List<Objection> incompatibility() {
        return Stream.concat(whatThePluginRefuses().stream(), whatTheHostRefuses().stream())
                .toList();
    }

    private List<Objection> whatTheHostRefuses() {
        if (spi.isEmpty()) {
            return List.of();
        }
        if (!spi.matches("\\d+\\.\\d+\\.\\d+")) {
            return List.of(
                    new Objection(FILE, "plugin.spi is not a version: " + spi, "Write for example " + Spi.VERSION));
        }
        boolean otherMajor = !major(spi).equals(major(Spi.VERSION));
        boolean newer = new DefaultVersionManager().compareVersions(spi, Spi.VERSION) > 0;
        return otherMajor || newer
                ? List.of(new Objection(
                        "",
                        "was compiled against SPI " + spi + ", "
                                + (otherMajor ? "another major version than" : "newer than") + " this platform's "
                                + Spi.VERSION,
                        "Compile it against this platform's SPI, or take a platform that has the plugin's"))
                : List.of();
    }

    private static String major(String version) {
        return version.substring(0, version.indexOf('.'));
    }

    private List<Objection> whatThePluginRefuses() {
        // As PF4J reads it: a bare version means "this one or newer" (facts F11).
        String constraint = requires.matches("\\d+\\.\\d+\\.\\d+") ? ">=" + requires : requires;
        try {
            return new DefaultVersionManager().checkVersionConstraint(Spi.VERSION, constraint)
                    ? List.of()
                    : List.of(new Objection(
                            "",
                            "needs SPI " + constraint + ", this platform has " + Spi.VERSION,
                            "Build it for this SPI, or take a platform that has the one it needs"));
        } catch (RuntimeException e) {
            return List.of(new Objection(
                    FILE, "plugin.requires is not a version range: " + requires, "Write for example >=0.1.0 & <1.0.0"));
        }
    }

    private static InvalidManifestException invalid(String message, String fix) {
        return new InvalidManifestException(List.of(new Objection(FILE, message, fix)));
    }

    private static String value(Properties properties, String key) {
        return properties.getProperty(key, "").strip();
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
