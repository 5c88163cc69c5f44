package dev.binnacle.plugin.generators.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusGeneratorTest {
    private static final Path CLONE = Path.of("../..");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update") && System.getenv("CI") == null;

    /** Those that hold the list of metrics depend on every generator: {@code ./binnacle generate --check} compares them. */
    @Test
    void theCommittedFilesAreWhatTheGeneratorWrites() throws Exception {
        for (GeneratedFile file : generate(Map.of())) {
            if (file.path().startsWith("prometheus/kubernetes/")) {
                continue;
            }
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
    void everyRecordedSeriesIsInATest() throws Exception {
        String tests = Files.readString(CLONE.resolve("prometheus/tests/mesh-recording.yml"));

        assertThat(text(generate(Map.of()), "prometheus/rules/mesh-recording.yml")
                        .lines())
                .filteredOn(line -> line.contains("- record: "))
                .isNotEmpty()
                .map(line -> line.replace("- record: ", "").strip())
                .allMatch(name -> Pattern.compile("- expr: .*" + name + "\\b")
                        .matcher(tests)
                        .find());
    }

    @Test
    void settingsReachTheFiles() throws Exception {
        var files = generate(Map.of(
                "scrape-interval", "15s",
                "scrape-timeout", "10s",
                "rate-window", "1m30s",
                "alertmanager", "127.0.0.1:19093",
                "discovery-url", "http://127.0.0.1:18080/sd/prometheus"));

        assertThat(text(files, "prometheus/prometheus.yml"))
                .contains("scrape_interval: 15s", "scrape_timeout: 10s")
                .contains("- '127.0.0.1:19093'", "- url: http://127.0.0.1:18080/sd/prometheus");
        assertThat(text(files, "prometheus/rules/mesh-recording.yml"))
                .contains("record: workload:istio_requests:rate1m30s", "rate(istio_requests_total[1m30s])")
                .doesNotContain("5m");
    }

    @Test
    void replicasSayWhoTheyAreAndAlertsDoNot() throws Exception {
        var files = generate(Map.of("external-labels", "cluster=e$u,replica=a", "keep-labels", "cluster"));

        assertThat(text(files, "prometheus/prometheus.yml"))
                .contains("external_labels:\n    cluster: 'e$$u'\n    replica: a\n")
                .contains("- regex: replica\n      action: labeldrop");
        assertThat(text(files, "prometheus/rules/mesh-recording.yml"))
                .contains("sum by (cluster, reporter, ")
                .doesNotContain("sum by (reporter");
    }

    @Test
    void onlyWhatIsAskedForIsAllowed() throws Exception {
        assertThat(text(generate(Map.of()), "prometheus/kubernetes/prometheus.yml"))
                .contains("istio_request_bytes_count|istio_request_bytes_sum|")
                .doesNotContain("istio_request_bytes_bucket");
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
        assertThat(text(generate(Map.of()), "prometheus/rules/mesh-recording.yml")
                        .lines())
                .noneMatch(line -> line.contains("rate(sum") || line.contains("rate(workload:"));
    }

    private static List<GeneratedFile> generate(Map<String, String> settings) throws Exception {
        var factory = new PrometheusGeneratorFactory();
        try (var context = TestContext.of(factory, settings)) {
            var generator = factory.create(context);
            var files = new ArrayList<>(generator.generate(List.of()));
            files.addAll(generator.complete(List.copyOf(files)));
            return files;
        }
    }

    private static String text(List<GeneratedFile> files, String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
