package dev.binnacle.local.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void wordsAreSplitAsByAShell() {
        assertThat(ShellWords.split(" {java}  -jar 'my service.jar' \"a \\\"b\\\"\" c\\ d '' "))
                .containsExactly("{java}", "-jar", "my service.jar", "a \"b\"", "c d", "");
    }

    @Test
    void anOpenQuoteIsAMistake() {
        assertThatThrownBy(() -> ShellWords.split("echo 'hello")).hasMessageContaining("a quote is not closed");
    }
}
