package dev.binnacle.local.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The sum of names and contents of files: the same for the same files, wherever and whenever they were checked out. */
final class SourceSum {
    private static final Set<String> NO_SOURCES = Set.of("node_modules", "target");

    private SourceSum() {}

    /** Returns the sum of everything below {@code home} but what a build leaves there. */
    static String of(Path home) throws IOException {
        var names = new ArrayList<String>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = NO_SOURCES.contains(String.valueOf(folder.getFileName()));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                names.add(home.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }
        });
        names.sort(null);
        return ofFiles(home, names);
    }

    /** Returns the sum of these files, in this order. */
    static String ofFiles(Path home, List<String> names) throws IOException {
        var all = new ByteArrayOutputStream();
        for (String name : names) {
            all.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
            all.writeBytes(sha256(Files.readAllBytes(home.resolve(name))));
        }
        return HexFormat.of().formatHex(sha256(all.toByteArray()));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
