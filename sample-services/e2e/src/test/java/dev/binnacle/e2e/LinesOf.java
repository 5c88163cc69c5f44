package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a pod of the namespace {@code default} has printed since it was first looked at. */
final class LinesOf {
    private final Path log;
    private final int before;

    LinesOf(RunningMesh.Instance mesh, String pod) {
        log = mesh.binnacle().directory().resolve("logs").resolve(pod + ".default.log");
        before = read().size();
    }

    /** Returns how many lines hold {@code text} so far. */
    int count(String text) {
        List<String> lines = read();
        return (int) lines.subList(before, lines.size()).stream()
                .filter(line -> line.contains(text))
                .count();
    }

    /** Returns once {@code expected} lines hold {@code text}. */
    void awaitCount(String text, int expected) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(count(text)).as(text).isEqualTo(expected));
    }

    private List<String> read() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
