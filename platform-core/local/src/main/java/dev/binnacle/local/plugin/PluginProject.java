package dev.binnacle.local.plugin;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A new Maven project of one plugin with one extension.
 *
 * @param kind what the extension does
 * @param name its name without the kind, {@code weather-station} for example
 */
public record PluginProject(PluginKind kind, String name) {
    public PluginProject {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw ProblemException.usage(
                    "a plugin's name is lower-case words joined by '-', not " + name,
                    "Call it weather-station, for example.");
        }
    }

    /** Returns the id of plugin and extension. */
    public String id() {
        return kind.text() + "-" + name;
    }

    /**
     * Writes the project.
     *
     * @param folder missing, or empty
     * @param spi the version of the SPI that it is for
     * @param repository where it finds the SPI
     * @param command how the project's README calls {@code binnacle}
     */
    public void writeTo(Path folder, String spi, SpiRepository repository, Path command) throws IOException {
        requireEmpty(folder);
        var values = new TreeMap<>(Template.versions());
        values.putAll(Map.of(
                "id", id(),
                "kind", kind.text(),
                "name", name,
                "Class", className(),
                "package", packageName(),
                "metric", name.replace('-', '_'),
                "spi", spi,
                "repository", repository.folder().toUri().toString(),
                "binnacle", command.toString()));
        for (var file : files().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, Template.filled(file.getValue(), values));
        }
        Path services = Files.createDirectories(folder.resolve("src/main/resources/META-INF/services"));
        String factory = packageName() + "." + className() + kind.title() + "Factory";
        Files.writeString(services.resolve(kind.service()), factory + "\n");
    }

    private Map<String, String> files() {
        String main = "src/main/java/" + packageName().replace('.', '/') + "/" + className() + kind.title();
        String test = main.replace("src/main", "src/test");
        return Map.of(
                "pom.xml",
                "common/pom.xml",
                ".gitignore",
                "common/gitignore",
                "README.md",
                "common/README.md",
                "src/main/plugin/plugin.properties",
                "common/plugin.properties",
                "src/main/plugin/plugin-zip.xml",
                "common/plugin-zip.xml",
                main + ".java",
                kind.text() + "/Extension.java",
                main + "Factory.java",
                kind.text() + "/Factory.java",
                test + "ContractTest.java",
                kind.text() + "/ContractTest.java");
    }

    private String className() {
        return Arrays.stream(name.split("-", -1))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private String packageName() {
        return "com.example." + name.replace("-", "");
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
        }
        if (Files.exists(folder)) {
            throw ProblemException.no(folder + " exists already", "Name another folder with --directory.");
        }
    }
}
