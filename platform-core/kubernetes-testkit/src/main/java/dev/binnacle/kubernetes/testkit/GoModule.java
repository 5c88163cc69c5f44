package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Go module of this test kit: a {@code go.mod} that pins what is built or taken from its dependencies, and their sums.
 *
 * @param name its folder below {@code programs}
 */
record GoModule(String name) {
    private static final List<String> FILES = List.of("go.mod", "go.sum");

    /** Returns a text that changes with any pinned version. */
    String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String file : FILES) {
                digest.update(content(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Writes its files to {@code folder}, which is made when it is not there. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : FILES) {
            Files.write(folder.resolve(file), content(file));
        }
    }

    /** Returns the version of a dependency as pinned. */
    String version(String dependency) {
        return new String(content("go.mod"), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .map(line -> line.startsWith("require ") ? line.substring("require ".length()) : line)
                .filter(line -> line.startsWith(dependency + " v"))
                .map(line -> line.substring(dependency.length() + 1).replaceFirst(" .*", ""))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " does not require " + dependency));
    }

    private byte[] content(String file) {
        String path = "programs/" + name + "/" + file;
        try (var in = GoModule.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no such resource: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
