package dev.binnacle.prometheus.oracle;

import java.io.DataOutputStream;
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
 * What Prometheus answers to questions. With {@code -Dbinnacle.oracle=PROGRAM} (see {@code oracle/README.md}) it is asked, and with
 * {@code -Dgolden.update=true} its answers are kept; without, the kept ones are compared, of which only digests are kept.
 */
public final class Oracle {
    private static final String PROGRAM = System.getProperty("binnacle.oracle", "");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Path GOLDEN = Path.of("src/test/resources/oracle");
    private static final String REFUSED = "refused";

    private Oracle() {}

    /** Returns whether answers are whole, so that a difference can be shown. */
    public static boolean isAsked() {
        return !PROGRAM.isEmpty();
    }

    /** Returns Prometheus' answers, in the form of {@link #comparable}. */
    public static List<String> answers(String kind, List<byte[]> questions) throws IOException, InterruptedException {
        Path golden = GOLDEN.resolve(kind + ".txt");
        if (!isAsked()) {
            return Files.readAllLines(golden);
        }
        var answers = ask(kind, questions);
        if (UPDATE) {
            Files.createDirectories(GOLDEN);
            Files.write(golden, answers.stream().map(Oracle::digest).toList());
        }
        return answers.stream().map(Oracle::comparable).toList();
    }

    /** Returns an answer as it is compared: reasons may differ. */
    public static String comparable(String answer) {
        if (answer.startsWith(REFUSED)) {
            return REFUSED;
        }
        return isAsked() ? answer : digest(answer);
    }

    private static String digest(String answer) {
        if (answer.startsWith(REFUSED)) {
            return REFUSED;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(answer.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> ask(String kind, List<byte[]> questions) throws IOException, InterruptedException {
        var process = new ProcessBuilder(PROGRAM, kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var writer = Thread.ofPlatform().start(() -> write(questions, process));
        var answers = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        writer.join();
        if (process.waitFor() != 0 || answers.size() != questions.size()) {
            throw new IOException(PROGRAM + " gave " + answers.size() + " answers to " + questions.size());
        }
        return answers;
    }

    private static void write(List<byte[]> questions, Process process) {
        try (var out = new DataOutputStream(process.getOutputStream())) {
            for (byte[] question : questions) {
                out.writeInt(question.length);
                out.write(question);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
