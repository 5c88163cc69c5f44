package dev.binnacle.local.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFolderTest {
    private static final TreeMap<String, String> FILES =
            new TreeMap<>(Map.of("rules/a.yml", "# Made by generator-x (x)\n", "rules/b.yml", "b\n"));

    @TempDir
    private Path top;

    @Test
    void whatIsMissingOrEditedIsDifferent() throws IOException {
        var folder = new GeneratedFolder(top);
        folder.write("rules/a.yml", "edited\n");

        assertThat(folder.different(FILES)).isEqualTo(FILES);
        for (var file : FILES.entrySet()) {
            folder.write(file.getKey(), file.getValue());
        }
        assertThat(folder.different(FILES)).isEmpty();
    }

    @Test
    void aFileThatNothingMakesAnyMoreIsLeftOver() throws IOException {
        var folder = new GeneratedFolder(top);
        folder.write("rules/old.yml", "# Made by generator-x (x)\n");
        folder.write("rules/others.yml", "# Made by generator-y (y)\n");
        folder.write("rules/mine.yml", "# by hand\n");

        assertThat(folder.leftOver(FILES, List.of("generator-x"))).containsExactly("rules/old.yml");
        folder.delete("rules/old.yml");
        assertThat(top.resolve("rules")).isDirectoryNotContaining(file -> file.endsWith("old.yml"));
    }

    @Test
    void nothingIsWrittenOutside() throws IOException {
        Files.createDirectories(top.resolve("in"));
        var folder = new GeneratedFolder(top.resolve("in"));

        assertThatThrownBy(() -> folder.write("../out.yml", "x\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("../out.yml");
        assertThat(top.resolve("out.yml")).doesNotExist();
    }
}
