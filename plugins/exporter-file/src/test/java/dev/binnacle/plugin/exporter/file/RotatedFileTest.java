package dev.binnacle.plugin.exporter.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFileTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void choose() {
        path = folder.resolve("samples.jsonl");
    }

    @Test
    void fullFilesAreKeptUpToANumber() throws IOException {
        var file = new RotatedFile(path, 8, 2);
        for (int i = 1; i <= 4; i++) {
            file.append(bytes("{" + i + "aaaa}\n"));
        }

        assertThat(path).hasContent("{4aaaa}");
        assertThat(folder.resolve("samples.jsonl.1")).hasContent("{3aaaa}");
        assertThat(folder.resolve("samples.jsonl.2")).hasContent("{2aaaa}");
        assertThat(folder.resolve("samples.jsonl.3")).doesNotExist();
    }

    @Test
    void noneIsKeptWhenNoneIsWanted() throws IOException {
        var file = new RotatedFile(path, 4, 0);
        file.append(bytes("{1}\n"));
        assertThat(file.append(bytes("{2}\n")).rotated()).isTrue();

        assertThat(folder.toFile().list()).containsExactly("samples.jsonl");
        assertThat(path).hasContent("{2}");
    }

    @Test
    void aPieceLargerThanAFileIsWrittenAllTheSame() throws IOException {
        var file = new RotatedFile(path, 4, 1);
        file.append(bytes("{123456789}\n"));

        assertThat(path).hasContent("{123456789}");
    }

    @Test
    void aLineThatWasCutIsTakenAway() throws IOException {
        Files.writeString(path, "{1}\n{\"at\":\"20");

        var written = new RotatedFile(path, 100, 1).append(bytes("{2}\n"));

        assertThat(written.repaired()).isTrue();
        assertThat(path).hasContent("{1}\n{2}");
    }

    @Test
    void theFirstLineMayBeTheOneThatWasCut() throws IOException {
        Files.writeString(path, "{\"at\":");

        new RotatedFile(path, 100, 1).append(bytes("{2}\n"));

        assertThat(path).hasContent("{2}");
    }

    @Test
    void somebodyElsesFileIsLeftAsItIs() throws IOException {
        Files.writeString(path, "dear diary,\ntoday");

        assertThatThrownBy(() -> new RotatedFile(path, 100, 1).append(bytes("{2}\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("something else");
        assertThat(path).hasContent("dear diary,\ntoday");
    }

    @Test
    void twoWritersOfOneFileAreOneTooMany() throws IOException {
        try (var other = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> new RotatedFile(path, 100, 1).append(bytes("{2}\n")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody else is writing it");
        }
    }

    @Test
    void aFullDiskLeavesTheFileAsItWas() {
        // What Linux has for the purpose: every write fails as on a full disk.
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isWritable(full), "no /dev/full here");

        assertThatThrownBy(() -> new RotatedFile(full, 1 << 20, 1).append(bytes("{2}\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
