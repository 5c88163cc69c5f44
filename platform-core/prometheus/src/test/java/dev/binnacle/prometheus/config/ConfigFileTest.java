package dev.binnacle.prometheus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.binnacle.prometheus.relabel.RelabelAction;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path folder;

    @Test
    void aJobHasWhatIsWrittenAndTheDefaultsOfPrometheus() throws Exception {
        var config = read("""
                global:
                  scrape_interval: 15s
                  external_labels: {cluster: "${CLUSTER}-1", price: $$5}
                  sample_limit: 1000
                scrape_configs:
                  - job_name: node
                    body_size_limit: 10MB
                    params: {module: [a, b]}
                    static_configs:
                      - targets: ['localhost:9100']
                        labels: {env: test}
                    file_sd_configs:
                      - files: [targets/*.json]
                    relabel_configs:
                      - source_labels: [__address__]
                        regex: (.+):\\d+
                        target_label: host
                """);

        var job = config.scrapeConfigs().getFirst();
        assertThat(config.externalLabels().toMap()).isEqualTo(Map.of("cluster", "west-1", "price", "$5"));
        assertThat(job.interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(job.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(job.metricsPath()).isEqualTo("/metrics");
        assertThat(job.scheme()).isEqualTo("http");
        assertThat(job.honorLabels()).isFalse();
        assertThat(job.honorTimestamps()).isTrue();
        assertThat(job.http()).isEqualTo(HttpOptions.DEFAULT);
        assertThat(job.limits()).isEqualTo(new ScrapeLimits(10 << 20, 1000, 0, 0, 0, 0));
        assertThat(job.params()).isEqualTo(Map.of("module", List.of("a", "b")));
        assertThat(job.discoveries().get(1))
                .isEqualTo(new Discovery.Files(List.of(folder.resolve("targets/*.json")), Duration.ofMinutes(5)));
        assertThat(job.relabelConfigs().getFirst().action()).isEqualTo(RelabelAction.REPLACE);
    }

    @Test
    void aReceiverHasWhatIsWrittenAndTheDefaultsOfPrometheus() throws Exception {
        Files.writeString(folder.resolve("password"), "first\n");
        var receiver = read("""
                        remote_write:
                          - url: http://127.0.0.1:9090/api/v1/write
                            basic_auth: {username: me, password_file: password}
                            queue_config: {max_samples_per_send: 500}
                        """).remoteWrites().getFirst();

        assertThat(receiver.url()).isEqualTo(URI.create("http://127.0.0.1:9090/api/v1/write"));
        assertThat(receiver.remoteTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(receiver.queue().maxSamplesPerSend()).isEqualTo(500);
        assertThat(receiver.queue().capacity()).isEqualTo(10_000);
        var password = receiver.http().basicAuth().password();
        assertThat(password.read()).isEqualTo("first");
        Files.writeString(folder.resolve("password"), "second\n");
        assertThat(password.read()).isEqualTo("second");
        assertThat(receiver.toString()).doesNotContain("second").doesNotContain("me,");
    }

    @Test
    void everythingThatIsWrongIsSaidWithItsLine() {
        var problems = problems("""
                global:
                  scrape_interval: fast
                rule_files: [a.yml]
                scrape_configs:
                  - job_name: a
                    scheme: ftp
                    kubernetes_sd_configs: []
                    relabel_configs:
                      - action: hashmod
                        regex: '('
                  - job_name: a
                    scrape_interval: 5s
                    scrape_timeout: 6s
                    basic_auth: {password: x, password_file: y}
                remote_write:
                  - name: nowhere
                    sigv4: {}
                    queue_config: {batch_size: 3}
                """);

        assertThat(problems)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("test.yml:2: global.scrape_interval: 'fast' is wrong: it is a duration"))
                .anySatisfy(text -> assertThat(text).startsWith("test.yml:3: rule_files: is not supported"))
                .anySatisfy(text -> assertThat(text).startsWith("test.yml:6: scrape_configs[0].scheme: 'ftp' is wrong"))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("test.yml:7: scrape_configs[0].kubernetes_sd_configs: is not supported"))
                .anySatisfy(text -> assertThat(text).contains("[0].relabel_configs[0]: hashmod needs a modulus"))
                .anySatisfy(text -> assertThat(text).contains("the regex '(' is not RE2"))
                .anySatisfy(text -> assertThat(text).contains("two jobs are called 'a'"))
                .anySatisfy(text -> assertThat(text).contains("[1].scrape_timeout: is longer"))
                .anySatisfy(text -> assertThat(text).contains("password: does not go together with password_file"))
                .anySatisfy(text -> assertThat(text).contains("remote_write[0]: url is missing"))
                .anySatisfy(text -> assertThat(text).contains("remote_write[0].sigv4: is not supported"))
                .anySatisfy(
                        text -> assertThat(text).contains("remote_write[0].queue_config.batch_size: is not supported"));
    }

    @Test
    void whatIsNoYamlIsSaidSo() {
        assertThat(problems("a: [")).singleElement().asString().contains("not YAML");
        assertThat(problems("- a")).singleElement().asString().contains("has to be a mapping");
        assertThat(problems("global: {}\nglobal: {}\n")).isNotEmpty();
        assertThat(problems("a: &a [*a]\n")).isNotEmpty();
    }

    @Test
    void anEmptyFileSaysNothing() throws Exception {
        assertThat(read("").scrapeConfigs()).isEmpty();
    }

    private PrometheusConfig read(String text) throws InvalidFileException {
        return ConfigFile.read("test.yml", text, folder, Map.of("CLUSTER", "west"));
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(InvalidFileException.class, () -> read(text)).problems().stream()
                .map(FileProblem::toString)
                .toList();
    }
}
