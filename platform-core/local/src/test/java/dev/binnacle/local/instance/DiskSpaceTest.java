package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir
    private Path folder;

    @Test
    void aDiskWithTooLittleRoomIsRefusedAlsoForAFolderThatIsNotThereYet() {
        Path later = folder.resolve("not/yet");

        assertThatThrownBy(() -> DiskSpace.require(later, Long.MAX_VALUE, "logs", "BINNACLE_DIR"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.exitCode()).isEqualTo(ExitCode.ENVIRONMENT))
                .hasMessageContaining("the disk of " + later + " is full")
                .hasMessageContaining("MB are left");
        assertThatCode(() -> DiskSpace.require(later, 0, "logs", "BINNACLE_DIR"))
                .doesNotThrowAnyException();
    }
}
