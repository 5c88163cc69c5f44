package dev.binnacle.mesh.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils manifests as editors, templates and attackers do: here and there another value, a line less, half a file. */
final class Mutation {
    private static final List<String> VALUES = List.of(
            "",
            "~",
            "-1",
            "0",
            "65536",
            "99999999999",
            "9223372036854775808",
            "1e999999999",
            ".nan",
            "-.inf",
            "true",
            "[]",
            "{}",
            "[[]]",
            "{a: {b: c}}",
            "[~]",
            "\"\"",
            "'*'",
            "'**'",
            "'*.'",
            "'.'",
            "'/'",
            "a/b",
            "'%'",
            "'%REQ(x)%'",
            "'\\1'",
            "'('",
            "'[a'",
            "x{1000}",
            "\"\\e[31mred\\n\\u202E\"",
            "<script>",
            "'; rm -rf /'",
            "../../etc/passwd",
            "localhost",
            "127.0.0.1",
            "::1",
            "0.0.0.0/0",
            "10.0.0.0/33",
            "-1s",
            "0s",
            "1ns",
            "99999999999999h",
            "5",
            "kubernetes",
            "mesh",
            "istio-system",
            "a.b.c.d",
            "default",
            "\"$(id)\"",
            "\u0430pp",
            "a".repeat(300),
            "HTTP",
            "TCP",
            "STATIC",
            "NONE",
            "SIMPLE",
            "ISTIO_MUTUAL",
            "http",
            "*x",
            "&a [*a]",
            "!!str 5",
            "!x y",
            "| \n  x",
            "{<<: 5}",
            "[1, a: b]",
            "}",
            "\t",
            "{a: 1, a: 2}");

    private final RandomGenerator random;

    Mutation(RandomGenerator random) {
        this.random = random;
    }

    /** Returns {@code text} with one to three mistakes. */
    String of(String text) {
        String result = text;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            result = once(result);
        }
        return result;
    }

    private String once(String text) {
        var lines = new ArrayList<>(text.lines().toList());
        int at = lines.isEmpty() ? 0 : random.nextInt(lines.size());
        if (lines.isEmpty()) {
            return "a";
        }
        switch (random.nextInt(10)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
            case 2 -> lines.subList(at, lines.size()).clear();
            case 3 -> lines.set(at, spoilt(lines.get(at)));
            case 4 -> lines.set(at, lines.get(random.nextInt(lines.size())));
            default -> lines.set(at, otherValue(lines.get(at)));
        }
        return String.join("\n", lines) + "\n";
    }

    private String otherValue(String line) {
        var colons = new ArrayList<Integer>();
        for (int i = line.indexOf(": "); i >= 0; i = line.indexOf(": ", i + 1)) {
            colons.add(i + 2);
        }
        String value = VALUES.get(random.nextInt(VALUES.size()));
        if (colons.isEmpty()) {
            return line.stripTrailing() + " " + value;
        }
        int begin = colons.get(random.nextInt(colons.size()));
        int end = begin;
        while (end < line.length() && ",}]".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return line.substring(0, begin) + value + line.substring(end);
    }

    private String spoilt(String line) {
        int at = random.nextInt(line.length() + 1);
        char[] some = {'\t', '\u0000', '"', '{', ':', '\u2028', '-', ' ', '\uFEFF', '#', '&', '*', '\ud800'};
        return line.substring(0, at) + some[random.nextInt(some.length)] + line.substring(at);
    }
}
