package dev.binnacle.spi.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a\\b", "a/"})
    void aPathThatMayLeadOutsideIsRefused(String path) {
        assertThatThrownBy(() -> new GeneratedFile(path, "x\n")).hasMessageContaining("stays inside the clone");
    }

    @Test
    void theTextEndsWithALineBreak() {
        assertThat(new GeneratedFile("prometheus/a.yml", "x\n").text()).isEqualTo("x\n");
        assertThatThrownBy(() -> new GeneratedFile("a", "x")).hasMessage("a does not end with a line break");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exporter-x", "generator", "generator-", "generator-X", "generator-a--b"})
    void anIdIsItsKindAndAName(String id) {
        assertThatThrownBy(() -> new ExtensionDescriptor(ExtensionKind.GENERATOR, id, Stability.BETA, "", List.of()))
                .hasMessageContaining("the id of a generator is generator-name in lower case, got " + id);
    }
}
