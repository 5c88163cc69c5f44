package dev.binnacle.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private @TempDir Path folder;

    private Path file() {
        return folder.resolve("deep/audit.log");
    }

    private AuditLog open() throws IOException {
        return AuditLog.open(file(), () -> NOW);
    }

    private static AuditEntry entry(String words) {
        return entry(words, null);
    }

    private static AuditEntry entry(String words, @Nullable Long undoes) {
        return new AuditEntry(
                0,
                Instant.EPOCH,
                "ann",
                "apply",
                List.of(new ResourceRef("Service", "default", "web")),
                words,
                "done",
                null,
                "a: \"b\"\n",
                undoes,
                true);
    }

    @Test
    void whatIsWrittenIsThereAfterAStartAndForItsOwnerAlone() throws IOException {
        try (var log = open()) {
            assertThat(log.append(entry("one \",\"hash\":\" ä\n")).id()).isEqualTo(1);
            assertThat(log.append(entry("two")).at()).isEqualTo(NOW);
        }
        try (var log = open()) {
            assertThat(log.problems()).isEmpty();
            assertThat(log.append(entry("three")).id()).isEqualTo(3);
            assertThat(log.newest(null, 10))
                    .extracting(AuditEntry::words)
                    .containsExactly("three", "two", "one \",\"hash\":\" ä\n");
            assertThat(log.newest(3L, 1)).extracting(AuditEntry::id).containsExactly(2L);
            assertThat(log.find(1).orElseThrow().after()).isEqualTo("a: \"b\"\n");
            assertThat(log.find(9)).isEmpty();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineThatWasCutOffAnywhereTakesNoOtherWithIt() throws IOException {
        byte[] whole;
        try (var log = open()) {
            log.append(entry("first"));
            log.append(entry("cut"));
            whole = Files.readAllBytes(file());
        }
        int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = first; length < whole.length; length += 7) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            try (var log = open()) {
                assertThat(log.problems()).hasSize(length == first ? 0 : 1);
                log.append(entry("after"));
                assertThat(log.newest(null, 10)).extracting(AuditEntry::words).containsExactly("after", "first");
            }
            try (var log = open()) {
                assertThat(log.newest(null, 10)).extracting(AuditEntry::words).containsExactly("after", "first");
                assertThat(log.problems()).as("said again").hasSize(length == first ? 0 : 1);
            }
        }
    }

    @Test
    void whatWasChangedOrTakenOutShowsAndStays() throws IOException {
        try (var log = open()) {
            for (var words : List.of("one", "two", "three")) {
                log.append(entry(words));
            }
        }
        String whole = Files.readString(file());

        Files.writeString(file(), whole.replace("\"who\":\"ann\"", "\"who\":\"bob\""));
        try (var log = open()) {
            assertThat(log.problems()).hasSize(3).first().asString().contains("line 1", "changed");
        }
        var lines = whole.lines().toList();
        Files.writeString(file(), lines.get(0) + "\n" + lines.get(2) + "\n");
        try (var log = open()) {
            assertThat(log.problems()).singleElement().asString().contains("before line 2", "taken out");
            log.append(entry("four"));
        }
        try (var log = open()) {
            assertThat(log.problems()).hasSize(1);
            assertThat(log.newest(null, 1).getFirst().id()).isEqualTo(4);
        }
        Files.writeString(file(), "nonsense\n{}\nnull\n", StandardOpenOption.APPEND);
        try (var log = open()) {
            assertThat(log.problems()).hasSize(4);
        }
    }

    @Test
    void whatWasTakenBackAndTakenBackAgainIsInForce() throws IOException {
        try (var log = open()) {
            log.append(entry("change"));
            log.append(entry("undo", 1L));
            assertThat(log.undoneBy(1)).isEqualTo(2);
            log.append(entry("undo the undo", 2L));
            assertThat(log.undoneBy(1)).isNull();
            assertThat(log.undoneBy(2)).isEqualTo(3);
        }
    }
}
