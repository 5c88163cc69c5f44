package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.e2e.RunningMesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The rules that the generators make, evaluated by Prometheus' own tool over what the sidecars have counted.
 *
 * <p>A counter that has grown by {@code n} becomes a series that grows by {@code n} each minute: its rate is exactly {@code n} a
 * minute, so that what the rules say of rates is what they say of counts. Nothing is extrapolated, and no rule is changed for it.
 */
final class GeneratedRules {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path folder;
    private final Path committed;
    private final String promtool;

    private GeneratedRules(Path folder, Path committed, String promtool) {
        this.folder = folder;
        this.committed = committed;
        this.promtool = promtool;
    }

    /** Generates rules from manifests, beside those that are committed; skips the test where there is no promtool. */
    static GeneratedRules from(String manifests, RunningMesh.Instance mesh) throws IOException {
        String promtool = System.getProperty("binnacle.promtool", System.getenv("BINNACLE_PROMTOOL"));
        assumeTrue(promtool != null && !promtool.isBlank(), "no promtool is given: -Dbinnacle.promtool=PATH");
        Path folder = mesh.binnacle().directory().resolve("felt");
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("manifests/slo.yaml"), manifests);
        mesh.binnacle()
                .run(
                        LONG,
                        "generate",
                        "-f",
                        folder.resolve("manifests").toString(),
                        "--out",
                        folder.resolve("made").toString())
                .mustSucceed("generate");
        return new GeneratedRules(folder, mesh.binnacle().cloneFolder().resolve("prometheus/rules"), promtool);
    }

    /**
     * Expects what queries say of requests a minute.
     *
     * @param grown by how much counters have grown, by the selector of their series
     * @param expected values by query
     */
    void say(Map<String, Integer> grown, Map<String, Integer> expected) throws IOException, InterruptedException {
        var test = new StringBuilder("""
                rule_files: [%s/prometheus/rules/slo.yml, %s/mesh-recording.yml, %s/mesh-alerts.yml]
                evaluation_interval: 1m
                tests:
                - interval: 1m
                  input_series:
                """.formatted(folder.resolve("made"), committed, committed));
        grown.forEach((series, more) -> test.append("  - {series: ")
                .append(quoted(series))
                .append(", values: 0+")
                .append(more)
                .append("x12}\n"));
        test.append("  promql_expr_test:\n");
        expected.forEach((query, value) -> test.append("  - {expr: ")
                .append(quoted(query))
                .append(", eval_time: 12m, exp_samples: [{labels: '{}', value: ")
                .append(value)
                .append("}]}\n"));
        run(Files.writeString(folder.resolve("test.yml"), test));
    }

    /** Returns a query for the requests a minute that a query knows by the second; zero where it knows none. */
    static String count(String query) {
        return "round(60 * (sum(" + query + ") or vector(0)), 0.001)";
    }

    private void run(Path file) throws IOException, InterruptedException {
        var process = new ProcessBuilder(promtool, "test", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s%n%s", output, Files.readString(file))
                .isZero();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
