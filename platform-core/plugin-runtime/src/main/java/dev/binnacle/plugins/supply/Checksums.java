package dev.binnacle.plugins.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compares files with the list that {@code sha256sum} wrote of them. */
final class Checksums {
    /** The list inside a plugin's zip, at its top. */
    static final String LIST = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?(.+)");

    private Checksums() {}

    /** Compares a file with the one checksum in {@code list}, whatever the name beside it. */
    static List<Objection> ofFile(Path file, Path list) throws IOException {
        var sums = read(list);
        boolean same = sums.size() == 1 && sums.containsValue(sha256(file));
        return same
                ? List.of()
                : List.of(new Objection(
                        file.getFileName().toString(),
                        "is not the file that " + list.getFileName() + " was made of",
                        "Fetch both again, or write the list anew with sha256sum"));
    }

    /** Compares every file of an unpacked plugin with the list in it; a plugin without a list has nothing to compare. */
    static List<Objection> ofFolder(Path folder) throws IOException {
        Path list = folder.resolve(LIST);
        if (!Files.isRegularFile(list)) {
            return List.of();
        }
        var sums = read(list);
        var objections = new ArrayList<Objection>();
        for (String name : files(folder)) {
            String wanted = sums.remove(name);
            if (wanted == null) {
                objections.add(altered(name, "is not in " + LIST));
            } else if (!wanted.equals(sha256(folder.resolve(name)))) {
                objections.add(altered(name, "was altered: its checksum is not the one in " + LIST));
            }
        }
        sums.keySet().forEach(name -> objections.add(altered(name, "is in " + LIST + " and missing")));
        return objections;
    }

    private static Objection altered(String name, String message) {
        return new Objection(name, message, "Fetch the plugin again, or pack it anew");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.equals(LIST))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> read(Path list) throws IOException {
        var sums = new TreeMap<String, String>();
        for (String line : Files.readAllLines(list)) {
            var match = LINE.matcher(line);
            if (match.matches()) {
                sums.put(match.group(2), match.group(1).toLowerCase(java.util.Locale.ROOT));
            } else if (!line.isBlank()) {
                throw new IOException(list.getFileName() + " has a line that sha256sum does not write: " + line);
            }
        }
        return sums;
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var chunk = new byte[1 << 16];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
