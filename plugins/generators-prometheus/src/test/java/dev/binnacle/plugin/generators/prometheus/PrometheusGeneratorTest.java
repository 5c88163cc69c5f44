package dev.binnacle.plugin.generators.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusGeneratorTest {
    private static final Path CLONE = Path.of("../..");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update") && System.getenv("CI") == null;

    @Test
    void theCommittedFilesAreWhatTheGeneratorWrites() throws Exception {
        for (GeneratedFile file : generate(Map.of())) {
            Path committed = CLONE.resolve(file.path());
            if (UPDATE) {
                Files.createDirectories(committed.getParent());
                Files.writeString(committed, file.text());
            }
            assertThat(committed)
                    .as(
                            "%s. If the new output is right, rerun with -Dgolden.update=true and review the diff",
                            file.path())
                    .exists()
                    .content()
                    .isEqualTo(file.text());
        }
    }

    @Test
    void settingsReachTheFiles() throws Exception {
        var files = generate(Map.of(
                "scrape-interval", "15s",
                "scrape-timeout", "10s",
                "rate-window", "1m30s",
                "certificate-warning", "72h",
                "alertmanager", "127.0.0.1:19093",
                "discovery-url", "http://127.0.0.1:18080/sd/prometheus"));

        assertThat(files.getFirst().text())
                .contains("scrape_interval: 15s", "scrape_timeout: 10s")
                .contains("- targets: ['127.0.0.1:19093']", "- url: 'http://127.0.0.1:18080/sd/prometheus'");
        assertThat(files.get(1).text())
                .contains("record: workload:istio_requests:rate1m30s", "rate(istio_requests_total[1m30s])")
                .doesNotContain("5m");
        assertThat(files.getLast().text()).contains("time() < 259200");
    }

    @Test
    void settingsThatDoNotFitTogetherAreAllReported() {
        assertThatThrownBy(
                        () -> generate(Map.of("scrape-interval", "30s", "scrape-timeout", "31s", "rate-window", "1m")))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.key())
                                .containsExactly("scrape-timeout", "rate-window"))
                .hasMessageContaining("rate-window: 1m holds fewer than four scrapes. Write at least 2m");
    }

    @Test
    void everyRateIsTakenBeforeItsSum() throws Exception {
        // A rate of a sum, or of a recorded series, would show restarts as traffic (facts F5).
        assertThat(generate(Map.of()).get(1).text().lines())
                .noneMatch(line -> line.contains("rate(sum") || line.contains("rate(workload:"));
    }

    private static List<GeneratedFile> generate(Map<String, String> settings) throws Exception {
        var factory = new PrometheusGeneratorFactory();
        try (var context = TestContext.of(factory, settings)) {
            return factory.create(context).generate(List.of());
        }
    }
}
