package dev.binnacle.spi.generate;

import java.util.List;

/**
 * A file that a generator made.
 *
 * @param path where it belongs, relative to the top of the clone, with {@code /} between the parts
 * @param text the whole content; ends with a line break
 */
public record GeneratedFile(String path, String text) {
    public GeneratedFile {
        if (path.isEmpty()
                || path.contains("\\")
                || List.of(path.split("/", -1)).stream().anyMatch(GeneratedFile::leads)) {
            throw new IllegalArgumentException("the path of a generated file stays inside the clone, got " + path);
        }
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException(path + " does not end with a line break");
        }
    }

    private static boolean leads(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
    }
}
