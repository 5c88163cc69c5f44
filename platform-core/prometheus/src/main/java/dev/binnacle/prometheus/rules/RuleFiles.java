package dev.binnacle.prometheus.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rules for many things in as many files as needed: a file becomes one object of a cluster, and etcd takes none above 1.5 MB.
 *
 * <p>What does not fit into one file is dealt out to sixteen by the first hexadecimal digit of its name's hash, and what does not
 * fit there by the next digit. So a thing's place depends on its name alone: one more changes the file that it comes to, or
 * divides that, and leaves the others as they are. Not safe for several threads.
 */
public final class RuleFiles {
    /** Half of what etcd takes: as JSON the same is longer, and the field managers are stored beside it. */
    static final int LARGEST = 750_000;

    private static final String HEAD = "groups:\n";

    private final List<Part> parts = new ArrayList<>();

    /** The groups of one thing as items of YAML, and the digits that give it its place. */
    private record Part(String digits, String text) {}

    /** Adds the groups of one thing; they stay together. */
    public void add(String name, List<RuleGroup> groups) {
        parts.add(new Part(digits(name), RuleGroup.file(groups).substring(HEAD.length())));
    }

    /**
     * Returns the files' texts by their names: {@code slo.yml} for the stem {@code slo}, or {@code slo-0.yml} to {@code slo-f.yml}, in the
     * place of one of which there may be {@code slo-30.yml} to {@code slo-3f.yml}.
     */
    public SortedMap<String, String> named(String stem) {
        var files = new TreeMap<String, String>();
        deal(stem, 0, parts, files);
        return files;
    }

    private static void deal(String stem, int digit, List<Part> parts, SortedMap<String, String> files) {
        int size = parts.stream().mapToInt(part -> part.text().length()).sum();
        if (size <= LARGEST || parts.size() == 1) {
            var text = new StringBuilder(HEAD.length() + size).append(HEAD);
            parts.forEach(part -> text.append(part.text()));
            files.put(stem + ".yml", text.toString());
            return;
        }
        var dealt = new TreeMap<Character, List<Part>>();
        parts.forEach(part -> dealt.computeIfAbsent(part.digits().charAt(digit), c -> new ArrayList<>())
                .add(part));
        dealt.forEach((c, some) -> deal(stem + (digit == 0 ? "-" : "") + c, digit + 1, some, files));
    }

    private static String digits(String name) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
