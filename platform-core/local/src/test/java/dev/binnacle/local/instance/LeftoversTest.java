package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    private Path folder;

    private Layout layout;
    private Process recorded;
    private Process marked;
    private Process stranger;

    @BeforeEach
    void start() throws IOException {
        layout = Layout.of(folder, Map.of("HOME", folder.toString()));
        recorded = sleep("");
        marked = sleep(layout.runtime().toString());
        stranger = sleep(layout.runtime() + "-of-another-clone");
        ProcessId id = ProcessId.of(recorded.toHandle()).orElseThrow();
        new LauncherRecord(
                        1,
                        "never",
                        "",
                        "",
                        "127.16.0.0",
                        List.of(new LauncherRecord.Child("a", id.pid(), id.startTime())))
                .write(layout.launcherFile());
    }

    @AfterEach
    void stop() {
        List.of(recorded, marked, stranger).forEach(Process::destroyForcibly);
    }

    @Test
    void theyAreThoseOfTheRecordAndThoseThatCarryTheMarkAndNoOthers() {
        assertThat(Leftovers.of(layout))
                .extracting(ProcessHandle::pid)
                .containsExactlyInAnyOrder(recorded.pid(), marked.pid());
    }

    @Test
    void endingThemSparesTheOthers() throws Exception {
        assertThat(Leftovers.end(Leftovers.of(layout))).isEqualTo(2);

        assertThat(recorded.waitFor()).isNotZero();
        assertThat(marked.waitFor()).isNotZero();
        assertThat(stranger.isAlive()).isTrue();
        assertThat(Leftovers.of(layout)).isEmpty();
    }

    @Test
    void aRecordOfAProcessNumberThatIsUsedAgainHarmsNobody() throws IOException {
        new LauncherRecord(1, "never", "", "", "", List.of(new LauncherRecord.Child("b", stranger.pid(), "other:1")))
                .write(layout.launcherFile());

        assertThat(Leftovers.of(layout)).extracting(ProcessHandle::pid).doesNotContain(stranger.pid());
    }

    private static Process sleep(String mark) throws IOException {
        var builder = new ProcessBuilder("sleep", "60");
        builder.environment().clear();
        if (!mark.isEmpty()) {
            builder.environment().put(Leftovers.MARK, mark);
        }
        return builder.start();
    }
}
