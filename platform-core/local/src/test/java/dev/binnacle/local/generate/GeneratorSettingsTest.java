package dev.binnacle.local.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void theCommandLineSaysMoreThanTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "generator-a.x=1\ngenerator-a.y=a=b\n");

        assertThat(GeneratorSettings.of(file, List.of("generator-a.x=2")))
                .isEqualTo(Map.of("generator-a", Map.of("x", "2", "y", "a=b")));
    }

    @Test
    void aWordThatNamesNoSettingIsRefused() {
        assertThatThrownBy(() -> GeneratorSettings.of(folder.resolve("none"), List.of("x=1")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("--set: x names no generator's setting");
    }
}
