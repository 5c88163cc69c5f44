package dev.binnacle.plugin.generator.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grafana's own published schema takes the dashboards, and would not take anything. */
class SchemaTest {
    private static Judge judge;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws Exception {
        judge = Judge.open();
    }

    @AfterAll
    static void close() throws Exception {
        judge.close();
    }

    @Test
    void everyDashboardFits() throws Exception {
        for (var file : GrafanaGeneratorTest.generate(Map.of())) {
            if (file.path().endsWith(".json")) {
                String name = file.path().replaceFirst(".*/", "").replace(".json", "");
                assertThat(judge.about(name, file.text(), folder)).as(name).startsWith("ok");
            }
        }
    }

    /** A mistake, and the field that the judge names. */
    private record Mistake(String name, String right, String wrong) {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake("a-field-of-a-dashboard", "\"graphTooltip\"", "\"graphTooltipp\""),
                new Mistake("a-field-of-a-panel", "\"gridPos\"", "\"gridPosition\""),
                new Mistake("an-option-of-a-panel", "\"reduceOptions\"", "\"reduceOption\""),
                new Mistake("a-field-of-a-query", "\"legendFormat\"", "\"legend\""),
                new Mistake("a-field-of-a-variable", "\"includeAll\"", "\"all\""),
                new Mistake("how-lines-are-drawn", "\"drawStyle\"", "\"drawnAs\""),
                new Mistake("a-kind-of-panel", "\"type\": \"stat\"", "\"type\": \"stats\""),
                new Mistake("a-type", "\"schemaVersion\": 39", "\"schemaVersion\": \"39\""),
                new Mistake("a-missing-field", "\"frameIndex\": 0,", ""));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsRefused(Mistake mistake) throws Exception {
        String right =
                GrafanaGeneratorTest.text(GrafanaGeneratorTest.generate(Map.of()), "grafana/dashboards/jvm.json");
        String wrong = right.replace(mistake.right(), mistake.wrong());

        assertThat(wrong).isNotEqualTo(right);
        assertThat(judge.about("wrong-" + mistake.name(), wrong, folder)).startsWith("refused");
    }
}
