package dev.binnacle.kubernetes.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names of objects, made of the names of files: always the same, and different for different files. */
final class ObjectNames {
    private static final String PREFIX = "binnacle-";
    private static final int LONGEST = 50;
    private static final int HASH = 8;

    private ObjectNames() {}

    /**
     * Returns the name of the object for a file.
     *
     * @param path below the folder of its kind: {@code slo.yml}
     */
    static String of(String path) {
        int dot = path.lastIndexOf('.');
        String written = dot > 0 ? path.substring(0, dot) : path;
        String name =
                written.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        boolean same = name.equals(written) && name.length() <= LONGEST;
        String shortened =
                name.length() <= LONGEST ? name : name.substring(0, LONGEST).replaceAll("-$", "");
        return same ? PREFIX + name : (PREFIX + shortened).replaceAll("-$", "") + "-" + hash(path);
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
