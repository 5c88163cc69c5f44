package dev.binnacle.mesh.oracle;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Istio's own translation as a process that answers one case after another: {@code platform-core/mesh/oracle}, built with Go.
 * {@code -Dbinnacle.oracle=FILE} takes one that was built before.
 */
final class Oracle implements AutoCloseable {
    private static final Path SOURCE = Path.of("oracle");
    private static final String REFUSAL = "  Istio refuses ";

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private Oracle(Path binary) throws IOException {
        this.process = new ProcessBuilder(binary.toAbsolutePath().toString(), "-stdin")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.questions = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** Starts it; empty when it is neither there nor can be built here. */
    static Optional<Oracle> start() {
        try {
            var binary = Path.of(System.getProperty("binnacle.oracle", "target/oracle"));
            if (System.getProperty("binnacle.oracle") == null && !build(binary)) {
                return Optional.empty();
            }
            return Optional.of(new Oracle(binary));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String advice() {
        return "Istio's translation is built with Go, which was not found. Install Go 1.26 or newer (the first build downloads"
                + " 2.5 GB of modules), or name one that was built elsewhere with -Dbinnacle.oracle=FILE";
    }

    /** Go itself knows whether there is anything to build. */
    private static boolean build(Path binary) throws IOException {
        try {
            var builder = new ProcessBuilder(
                            "go", "build", "-o", binary.toAbsolutePath().toString(), ".")
                    .directory(SOURCE.toFile())
                    .inheritIO();
            builder.environment().putAll(Map.of("CGO_ENABLED", "0"));
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("go build ended with " + status + " in platform-core/mesh/oracle");
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            return Files.isExecutable(binary);
        }
    }

    /** Writes what Istio says into the folder of a case; returns what it said about refused resources. */
    List<String> ask(Path folder) {
        try {
            questions.write(folder.toAbsolutePath() + "\n");
            questions.flush();
            return answer(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> answer(Path folder) throws IOException {
        var refusals = new ArrayList<String>();
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(folder.getFileName() + " ")) {
                if (line.contains("FAILED: ")) {
                    throw new IllegalStateException(line);
                }
                return refusals;
            }
            if (line.startsWith(REFUSAL)) {
                refusals.add(line.strip());
            }
        }
        throw new IllegalStateException("the oracle ended at " + folder);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
