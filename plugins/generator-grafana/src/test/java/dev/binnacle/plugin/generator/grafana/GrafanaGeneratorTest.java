package dev.binnacle.plugin.generator.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrafanaGeneratorTest {
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
                    .as("%s. If the new output is right, run ./binnacle generate and review the diff", file.path())
                    .exists()
                    .content()
                    .isEqualTo(file.text());
        }
    }

    @Test
    void settingsReachTheFiles() throws Exception {
        var files = generate(Map.of(
                "uid-prefix", "shop",
                "folder", "The Shop: \"all\" of $it",
                "dashboards-path", "/srv/$HOME/dashboards",
                "prometheus-url", "http://prometheus.monitoring:9090",
                "scrape-interval", "15s",
                "rate-window", "2m",
                "refresh", "1m",
                "time-span", "6h"));

        assertThat(text(files, "grafana/dashboards/mesh.json"))
                .contains("\"uid\": \"shop-mesh\"", "\"refresh\": \"1m\"", "\"from\": \"now-6h\"")
                .contains("/d/shop-service?", "workload:istio_requests:rate2m{")
                .doesNotContain("rate5m", "binnacle-");
        // Grafana puts its environment in the place of what follows one dollar.
        assertThat(text(files, "grafana/provisioning/dashboards/binnacle.yaml"))
                .contains("folder: 'The Shop: \"all\" of $$it'", "path: '/srv/$$HOME/dashboards'");
        assertThat(text(files, "grafana/provisioning/datasources/binnacle.yaml"))
                .contains("url: http://prometheus.monitoring:9090", "timeInterval: 15s", "uid: shop-prometheus");
    }

    @Test
    void settingsThatAreWrongAreAllReported() {
        assertThatThrownBy(() -> generate(
                        Map.of("uid-prefix", "a/b", "folder", "two\nlines", "refresh", "1s", "time-span", "31d")))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.key())
                                .containsExactly("uid-prefix", "folder", "refresh", "time-span", "refresh"))
                .hasMessageContaining(
                        "uid-prefix: 'a/b' cannot begin an address. Write 1 to 24 letters, digits, - and _")
                .hasMessageContaining("time-span: 31d is out of range. Write 5m to 30d");
    }

    @Test
    void aWindowThatNothingIsRecordedForIsRefused() throws Exception {
        var factory = new GrafanaGeneratorFactory();
        var rules = new GeneratedFile(
                "prometheus/rules/mesh-recording.yml", "- record: workload:istio_requests:rate5m\n  expr: x\n");
        try (var five = TestContext.of(factory, Map.of());
                var two = TestContext.of(factory, Map.of("rate-window", "2m"))) {
            assertThat(factory.create(five).complete(List.of(rules))).isEmpty();
            assertThatThrownBy(() -> factory.create(two).complete(List.of(rules)))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("does not record workload:istio_requests:rate2m")
                    .hasMessageEndingWith("Write the rate-window of generator-prometheus");
        }
    }

    static List<GeneratedFile> generate(Map<String, String> settings) throws Exception {
        var factory = new GrafanaGeneratorFactory();
        try (var context = TestContext.of(factory, settings)) {
            return factory.create(context).generate(List.of());
        }
    }

    static String text(List<GeneratedFile> files, String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
