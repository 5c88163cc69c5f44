package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir
    Path folder;

    @Test
    void tellsOfEachReplacementOfItsFile() throws IOException {
        var file = folder.resolve("topology.json");
        var told = new AtomicInteger();
        try (var watch = FileWatch.start(file, told::incrementAndGet)) {
            for (int i = 0; i < 3; i++) {
                int before = told.get();
                replace(file, "version " + i);
                await().until(() -> told.get() > before);
            }
        }
    }

    @Test
    void otherFilesAreNotItsBusiness() throws IOException {
        var told = new AtomicInteger();
        var mine = folder.resolve("mine.json");
        try (var watch = FileWatch.start(mine, told::incrementAndGet)) {
            Files.writeString(folder.resolve("other.json"), "text");
            replace(mine, "text");
            await().until(() -> told.get() > 0);
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void aFolderThatIsNotThereCannotBeWatched() {
        assertThatThrownBy(() -> FileWatch.start(folder.resolve("nowhere/topology.json"), () -> {}))
                .isInstanceOf(IOException.class);
    }

    private void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
