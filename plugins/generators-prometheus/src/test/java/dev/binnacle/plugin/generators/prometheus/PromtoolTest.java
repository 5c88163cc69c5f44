package dev.binnacle.plugin.generators.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool on the committed files, when {@code -Dbinnacle.promtool} or {@code BINNACLE_PROMTOOL} names one. */
class PromtoolTest {
    private static final Path PROMETHEUS = Path.of("../../prometheus");

    private String promtool;

    @BeforeEach
    void find() {
        promtool = System.getProperty("binnacle.promtool", System.getenv("BINNACLE_PROMTOOL"));
        assumeTrue(promtool != null && !promtool.isBlank(), "no promtool is given: -Dbinnacle.promtool=PATH");
    }

    @Test
    void theConfigurationIsValid() throws Exception {
        assertThat(run("check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(run("check", "config", "kubernetes/federation.yml")).contains("SUCCESS");
    }

    /** Debian's Prometheus does not know Kubernetes, so that what it looks at has other targets, and all the rest. */
    @Test
    void theConfigurationForKubernetesIsValid(@TempDir Path folder) throws Exception {
        String text = Files.readString(PROMETHEUS.resolve("kubernetes/prometheus.yml"));
        Path file = Files.writeString(
                folder.resolve("prometheus.yml"),
                text.replaceAll(
                        "kubernetes_sd_configs:\\n\\s+- role: \\w+", "file_sd_configs:\n      - files: [x.yml]"));

        assertThat(file).content().doesNotContain("kubernetes_sd_configs");
        assertThat(run("check", "config", file.toString())).contains("SUCCESS");
    }

    @Test
    void theRulesDoWhatTheirTestsSay() throws Exception {
        assertThat(run(
                        "test",
                        "rules",
                        "tests/mesh-recording.yml",
                        "tests/mesh-alerts.yml",
                        "tests/certificates.yml",
                        "tests/slo.yml"))
                .contains("SUCCESS");
    }

    private String run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(promtool));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
