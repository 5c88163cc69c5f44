package dev.binnacle.mesh.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlParserTest {
    private static List<YamlNode> documents(String text) {
        return YamlParser.parse("f.yaml", text).value();
    }

    private static List<String> codes(String text) {
        return YamlParser.parse("f.yaml", text).diagnostics().stream()
                .map(Diagnostic::code)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "on, BOOLEAN", "y, BOOLEAN", "Off, BOOLEAN", "true, BOOLEAN", "1.10, DECIMAL", "1e3, DECIMAL", ".5, DECIMAL",
        "08, DECIMAL", "0777, INTEGER", "0b11, INTEGER", "0x1F, INTEGER", "1_000, INTEGER", "-3, INTEGER", "~, NULL",
        "Null, NULL", "1.2.3, STRING", "2026-01-01, STRING", "12:30, STRING", "v1, STRING", "tRUE, STRING", "'', NULL"
    })
    void plainScalarsHaveTheTypeThatKubernetesGivesThem(String text, ScalarType type) {
        assertThat(ScalarType.ofPlain(text)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'on'", "\"1.10\"", "|\n  on", ">-\n  1"})
    void quotedAndBlockScalarsAreTexts(String text) {
        var document = (YamlNode.Mapping) documents("a: " + text + "\n").getFirst();
        assertThat(document.get("a"))
                .containsInstanceOf(YamlNode.Scalar.class)
                .hasValueSatisfying(
                        v -> assertThat(((YamlNode.Scalar) v).type()).isEqualTo(ScalarType.STRING));
    }

    @Test
    void linesAreThoseOfTheFile() {
        var documents = documents("# comment\n---\na: 1\n---\n\nb:\n  c: 2\n");
        assertThat(documents).extracting(YamlNode::line).containsExactly(3, 6);
        var second = (YamlNode.Mapping) documents.get(1);
        assertThat(second.get("b")).hasValueSatisfying(v -> assertThat(v.line()).isEqualTo(7));
    }

    @Test
    void aMarkerInsideOfABlockScalarEndsIt() {
        assertThat(documents("a: |\n  text\n--- # next\nb: 1\n")).hasSize(2);
    }

    @Test
    void directivesBelongToTheNextDocument() {
        assertThat(documents("%YAML 1.1\n---\na: 1\n")).hasSize(1);
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreFine() {
        assertThat(documents("\uFEFFa: 1\r\n---\r\nb: 2\r\n")).hasSize(2);
        assertThat(codes("\uFEFFa: 1\r\n---\r\nb: 2\r\n")).isEmpty();
    }

    @Test
    void emptyDocumentsAreNothing() {
        assertThat(documents("---\n---\n# only a comment\n---\n~\n")).isEmpty();
    }

    @Test
    void aliasesMayNotExplode() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(codes(bomb.toString())).containsExactly("BNC-102");
    }

    @Test
    void depthAndSizeAreLimited() {
        assertThat(codes("a: " + "[".repeat(100_000))).containsAnyOf("BNC-101", "BNC-102");
        assertThat(codes("a: " + "[".repeat(100) + "]".repeat(100))).containsExactly("BNC-102");
        assertThat(codes("# " + "x".repeat(YamlParser.MAX_CHARACTERS))).containsExactly("BNC-102");
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        for (String text :
                List.of("on", "1.10", "a: b", "", "- x", "line\nbreak", "\"quoted\"", "*", "v1", "0.0.0.0")) {
            var read = (YamlNode.Mapping)
                    documents(YamlWriter.write(java.util.Map.of("k", text))).getFirst();
            assertThat(read.get("k")).hasValueSatisfying(v -> {
                assertThat(((YamlNode.Scalar) v).text()).isEqualTo(text);
                assertThat(((YamlNode.Scalar) v).type()).isEqualTo(ScalarType.STRING);
            });
        }
    }
}
