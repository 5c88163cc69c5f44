package dev.binnacle.local.plugin;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A Maven repository in a folder, with what plugins compile and test against, as this clone built it: projects outside the clone find
 * it there until a release is published.
 *
 * @param folder the repository
 */
public record SpiRepository(Path folder) {
    private static final Map<String, String> MODULES =
            Map.of("binnacle-spi", "platform-core/spi", "binnacle-spi-testkit", "platform-core/spi-testkit");

    /** Copies the jars that {@code clone} built, and writes a pom for each that needs no parent. */
    public void publish(Path clone) throws IOException {
        var versions = Template.versions();
        String version = versions.getOrDefault("version", "");
        for (var module : MODULES.entrySet()) {
            String file = module.getKey() + "-" + version;
            Path jar = clone.resolve(module.getValue()).resolve("target").resolve(file + ".jar");
            if (!Files.isRegularFile(jar)) {
                throw ProblemException.environment(
                        jar + " is not built", "Run BINNACLE_BUILD=always ./binnacle plugin new …");
            }
            Path place = Files.createDirectories(
                    folder.resolve("dev/binnacle").resolve(module.getKey()).resolve(version));
            Files.copy(jar, place.resolve(file + ".jar"), StandardCopyOption.REPLACE_EXISTING);
            AtomicFile.write(
                    place.resolve(file + ".pom"), Template.filled("repository/" + module.getKey() + ".pom", versions));
        }
    }
}
