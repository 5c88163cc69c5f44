package dev.binnacle.plugin.generators.istio;

import dev.binnacle.spi.generate.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The manifests of a small shop. */
final class Shop {
    static final Path FOLDER = Path.of("src/test/resources/shop");

    private Shop() {}

    static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the shop and one more file. */
    static List<SourceFile> with(String name, String text) {
        return List.of(new SourceFile("mesh.yaml", read("mesh.yaml")), new SourceFile(name, text));
    }
}
