package dev.binnacle.local.pod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A class-data sharing archive of one runnable jar, made by one JVM: it halves the start of a service.
 *
 * @param file where it is, or will be
 */
record ClassArchive(Path file) {
    /** Returns the archive of {@code jar}; its name changes with the jar and the JVM, so a stale one is never used. */
    static ClassArchive of(Path folder, Path jar, Path java) {
        String key = jar + "|" + stamp(jar) + "|" + stamp(java) + "|" + Runtime.version();
        return new ClassArchive(folder.resolve(name(jar) + "-" + hash(key) + ".jsa"));
    }

    private static String name(Path jar) {
        // .../catalog/target/quarkus-app/quarkus-run.jar
        int parts = jar.getNameCount();
        return parts > 3 ? jar.getName(parts - 4).toString() : "app";
    }

    private static String stamp(Path file) {
        try {
            return Files.size(file) + "@" + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return "missing";
        }
    }

    private static String hash(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
