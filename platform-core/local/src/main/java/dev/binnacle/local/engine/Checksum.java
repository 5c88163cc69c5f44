package dev.binnacle.local.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** SHA-256 sums, as lower-case hexadecimal digits. */
final class Checksum {
    private static final int DIGITS = 64;

    private Checksum() {}

    /** Returns the sum of a file. */
    static String of(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns the sum that a list of {@code SUM  NAME} lines, signed or not, gives for {@code name}. */
    static Optional<String> listed(List<String> lines, String name) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(parts -> parts.length == 2 && parts[0].length() == DIGITS)
                .filter(parts -> parts[1].equals(name) || parts[1].equals("*" + name))
                .map(parts -> parts[0])
                .findFirst();
    }
}
