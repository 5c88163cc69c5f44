package dev.binnacle.plugin.generator.grafana;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * What Grafana's published schema says about dashboards.
 *
 * <p>{@code oracle/} holds it as a Go program. With {@code -Pgrafana} it is built and asked, and with {@code -Dgolden.update=true}
 * its answers are kept, by the digest of what it was asked; without, the kept ones count.
 */
final class Judge {
    /** Whether the program is asked. */
    static final boolean ASKED = Boolean.getBoolean("binnacle.grafana.asked");

    private static final boolean UPDATE = Boolean.getBoolean("golden.update") && System.getenv("CI") == null;
    private static final Path KEPT = Path.of("src/test/resources/oracle/judged.txt");
    private static final Path PROGRAM = Path.of("target/grafana-schema");

    /** Answers by digest and name. */
    private final TreeMap<String, String> answers = new TreeMap<>();

    private Judge() {}

    /** Returns the judge, built when it is asked. */
    static Judge open() throws IOException, InterruptedException {
        var judge = new Judge();
        if (ASKED) {
            run(Path.of("oracle"), "go", "build", "-o", PROGRAM.toAbsolutePath().toString(), ".");
        } else {
            Files.readAllLines(KEPT).forEach(line -> {
                String[] words = line.split(" ", 3);
                judge.answers.put(words[2] + " " + words[1], words[0]);
            });
        }
        return judge;
    }

    /**
     * Returns {@code ok} or {@code refused}, with the reasons where the program is asked; and what to do when nothing is known about
     * this text.
     *
     * @param name what the text is called in what is kept
     */
    String about(String name, String text, Path folder) throws IOException, InterruptedException {
        String key = name + " " + digest(text);
        if (ASKED) {
            Path file = Files.writeString(folder.resolve(name + ".json"), text);
            String said = run(Path.of("."), PROGRAM.toString(), file.toString());
            answers.put(key, said.replaceFirst("\\s[\\s\\S]*", ""));
            return said.replace(file.toString(), name);
        }
        return answers.getOrDefault(
                key,
                "not judged: mvn verify -Pgrafana -Dgolden.update=true -pl plugins/generator-grafana -am asks Grafana's schema"
                        + " (Go is needed)");
    }

    /** Keeps the answers, where that is wanted. */
    void close() throws IOException {
        if (ASKED && UPDATE) {
            Files.createDirectories(KEPT.getParent());
            Files.write(
                    KEPT,
                    answers.entrySet().stream()
                            .map(answer -> {
                                String[] key = answer.getKey().split(" ", 2);
                                return answer.getValue() + " " + key[1] + " " + key[0];
                            })
                            .toList());
        }
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 && !said.startsWith("refused")) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
