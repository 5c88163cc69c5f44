package dev.binnacle.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogEndTest {
    private static final String REASON = "[critical][assert] assert failure: inotify_fd_ >= 0. Details: Consider"
            + " increasing value of fs.inotify.max_user_watches and/or fs.inotify.max_user_instances via sysctl";

    @TempDir
    Path folder;

    @Test
    void whatEnvoyDiedOfStandsBeforeTheEndOfItsTrace() throws IOException {
        var lines = new ArrayList<>(List.of("starting", REASON));
        for (int i = 0; i < 40; i++) {
            lines.add("#" + i + " UNKNOWN [0x557fdf3ea22c]");
        }
        assertThat(LogEnd.of(log(lines), 3))
                .containsExactly(REASON, "#38 UNKNOWN [0x557fdf3ea22c]", "#39 UNKNOWN [0x557fdf3ea22c]");
    }

    @Test
    void otherwiseItIsTheLastLines() throws IOException {
        assertThat(LogEnd.of(log(List.of("one", "two", "three")), 2)).containsExactly("two", "three");
        assertThat(LogEnd.of(log(List.of("one", REASON)), 2)).containsExactly("one", REASON);
        assertThat(LogEnd.of(folder.resolve("none"), 2)).isEmpty();
    }

    private Path log(List<String> lines) throws IOException {
        return Files.write(folder.resolve("log"), lines);
    }
}
