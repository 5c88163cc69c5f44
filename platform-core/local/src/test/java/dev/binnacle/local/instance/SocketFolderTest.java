package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFolderTest {
    @TempDir
    private Path folder;

    @Test
    void itIsItsOwnersAloneAndGoesWithEverythingInIt() throws IOException {
        var layout = Layout.of(folder, Map.of("XDG_RUNTIME_DIR", folder.toString()));

        SocketFolder.make(layout);
        Files.createSymbolicLink(layout.sockets().resolve("1.hosts"), Path.of("/nowhere"));
        Files.createFile(layout.sockets().resolve("1.sock"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.sockets())))
                .isEqualTo("rwx------");

        SocketFolder.remove(layout);
        assertThat(layout.sockets()).doesNotExist();
        SocketFolder.remove(layout);
    }
}
