package dev.binnacle.plugins.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private static final List<SourceFile> SOURCES = List.of(new SourceFile("a.yaml", "a: 1\n"));

    @Test
    void aGeneratorCompletesWhatAllHaveMade() throws Exception {
        var counting = new ConfigGenerator() {
            @Override
            public List<GeneratedFile> generate(List<SourceFile> manifests) {
                return List.of(new GeneratedFile("b.txt", manifests.size() + "\n"));
            }

            @Override
            public List<GeneratedFile> complete(List<GeneratedFile> all) {
                return List.of(new GeneratedFile("all.txt", all.size() + "\n"));
            }
        };

        var generation =
                Generation.of(sorted(Map.of("generator-a", counting, "generator-b", writing("c.txt"))), SOURCES);

        assertThat(generation.filesOf(Set.of("generator-a", "generator-b")))
                .containsExactly(
                        new GeneratedFile("all.txt", "2\n"),
                        new GeneratedFile("b.txt", "1\n"),
                        new GeneratedFile("c.txt", "x\n"));
        assertThat(generation.filesOf(Set.of("generator-b"))).containsExactly(new GeneratedFile("c.txt", "x\n"));
    }

    @Test
    void everyGeneratorWithoutAnAnswerIsNamed() {
        ConfigGenerator refusing = manifests -> {
            throw new GenerationException("a.yaml:1: wrong\na.yaml:2: wrong, too", null);
        };

        assertThatThrownBy(() -> Generation.of(
                        sorted(Map.of(
                                "generator-a", refusing, "generator-b", writing("c"), "generator-c", writing("c"))),
                        SOURCES))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("generator-a: a.yaml:1: wrong\ngenerator-a: a.yaml:2: wrong, too\n")
                .hasMessageContaining("generator-c: c is written by generator-b already");
    }

    private static ConfigGenerator writing(String path) {
        return manifests -> List.of(new GeneratedFile(path, "x\n"));
    }

    private static TreeMap<String, ConfigGenerator> sorted(Map<String, ConfigGenerator> generators) {
        return new TreeMap<>(generators);
    }
}
