package dev.binnacle.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusConfigTest {
    @TempDir
    private Path folder;

    @Test
    void addressesBecomeThisInstancesAndRuleFilesAbsolute() throws Exception {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 5s}
                rule_files: [rules/*.yml]
                scrape_configs:
                - job_name: binnacle
                  http_sd_configs:
                  - url: http://127.0.0.1:8080/sd/prometheus
                - job_name: other
                  static_configs:
                  - targets: ['127.0.0.1:80801']
                """);

        String adapted = PrometheusConfig.adapted(file, Map.of("127.0.0.1:8080", "127.0.0.1:8083"));

        assertThat(adapted)
                .contains("url: http://127.0.0.1:8083/sd/prometheus")
                .contains("127.0.0.1:80801")
                .contains("- " + folder.toAbsolutePath() + "/rules/*.yml");
    }

    @Test
    void aFileThatIsNoYamlIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), "global: [");

        assertThatThrownBy(() -> PrometheusConfig.adapted(file, Map.of()))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line");
    }
}
