package dev.binnacle.prometheus.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.yaml.YamlWriter.Commented;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlWriterTest {
    @Test
    void blocksAreReadable() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("groups", List.of(new Commented("What it is for.\nAnd why.", Map.of("name", "a b"))));
        tree.put("expr", "sum(\n  x\n)");
        tree.put("empty", List.of());
        tree.put("count", 3);

        assertThat(YamlWriter.write(tree)).isEqualTo("""
                groups:
                  # What it is for.
                  # And why.
                  - name: 'a b'
                expr: |-
                  sum(
                    x
                  )
                empty: []
                count: 3
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "on",
                "No",
                "1.10",
                "0x1f",
                "5s",
                "1h30m",
                "5e",
                "1e3",
                "null",
                "~",
                "plain",
                "a: b",
                "a #b",
                "it's",
                "\"",
                "{{ $x }}",
                "- a",
                "? a",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "[",
                "{",
                "a\nb",
                "a\nb\n",
                "a\n\n",
                "\na",
                " a\n b",
                "a\n ",
                "a\r\nb",
                "\t",
                "a\tb",
                "\u0000",
                "\u0007",
                "\u0085",
                "\u2028",
                "\ufeff",
                "ü",
                "\ud83d\ude00",
                "a:",
                "a\\n",
                "$1",
                "=",
                "<<",
                "2026-11-23",
                "12:30:45",
                "---",
                "...",
                "a\n--- b",
                "'",
                "''",
                "\"\n'",
                "a\n\nb",
                "a \nb"
            })
    void aTextStaysTheSameText(String text) {
        var tree = Map.of("k", text, "list", List.of(text, List.of(text), Map.of("a", text)));

        assertThat(read(YamlWriter.write(tree))).isEqualTo(tree);
        assertThat(read(YamlWriter.write(Map.of(text, 1)))).isEqualTo(Map.of(text, 1));
    }

    private static Object read(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }
}
