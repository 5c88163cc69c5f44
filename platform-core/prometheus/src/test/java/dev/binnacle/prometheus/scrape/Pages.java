package dev.binnacle.prometheus.scrape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Pages to be read, as bytes: good ones, wrong ones, and what chance makes of them. */
final class Pages {
    private static final String[] PIECES = {
        " ",
        "\t",
        "\n",
        "\"",
        "\\",
        "\\n",
        "{",
        "}",
        "=",
        ",",
        "#",
        "# ",
        "+",
        "-",
        ".",
        "e",
        "E",
        "0",
        "1",
        "9",
        "_",
        ":",
        "a",
        "le",
        "NaN",
        "Inf",
        "0x1",
        "1e400",
        "1e-400",
        "\r",
        "é",
        "\u00ff",
        "# HELP ",
        "# TYPE a counter\n",
        "# TYPE a histogram\n",
        "# UNIT ",
        "# EOF\n",
        "# EOF",
        "{a=\"b\"}",
        "le=\"1\",",
        " # {a=\"b\"} 1",
        " 1e3",
        " -5",
        "infinity",
        "quantile=\"0.50\"",
        "\"a\",",
        "\n\n"
    };

    private Pages() {}

    static List<byte[]> text() {
        return bytes(PageCorpus.TEXT);
    }

    static List<byte[]> openMetrics() {
        return bytes(PageCorpus.OPENMETRICS);
    }

    /** Returns {@code count} pages that differ from {@code pages} in a few places; the same ones for the same seed. */
    static List<byte[]> mutated(List<byte[]> pages, int count, long seed) {
        var random = new Random(seed);
        var mutated = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            byte[] page = pages.get(random.nextInt(pages.size()));
            for (int change = random.nextInt(3); change >= 0; change--) {
                page = mutate(page, random);
            }
            mutated.add(page);
        }
        return mutated;
    }

    private static byte[] mutate(byte[] page, Random random) {
        int at = random.nextInt(page.length + 1);
        int length = Math.min(page.length - at, random.nextInt(6));
        byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(5)) {
            case 0 -> replaced(page, at, length, new byte[0]);
            case 1 -> replaced(page, at, 0, piece);
            case 2 -> replaced(page, at, length, piece);
            case 3 -> replaced(page, at, 0, Arrays.copyOfRange(page, at, at + length));
            default -> replaced(page, at, 0, new byte[] {(byte) (1 + random.nextInt(255))});
        };
    }

    private static byte[] replaced(byte[] page, int at, int length, byte[] piece) {
        byte[] result = new byte[page.length - length + piece.length];
        System.arraycopy(page, 0, result, 0, at);
        System.arraycopy(piece, 0, result, at, piece.length);
        System.arraycopy(page, at + length, result, at + piece.length, page.length - at - length);
        return result;
    }

    private static List<byte[]> bytes(String... pages) {
        return Stream.of(pages)
                .map(page -> page.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
