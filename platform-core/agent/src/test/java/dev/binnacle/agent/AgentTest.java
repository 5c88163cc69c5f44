package dev.binnacle.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process: what targets show arrives, and what waits outlives it. */
class AgentTest {
    private static final int SERIES = Targets.FAMILIES * Targets.SERIES;

    /** What a scrape says about itself, {@code up} for example. */
    private static final int OWN = 5;

    private static final int BATCH = 500;
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

    private static final Pattern QUEUED = Pattern.compile("queued_samples\\{exporter=\"there\"} (\\S+)");

    @TempDir
    Path folder;

    private Targets targets;
    private CountingReceiver receiver;
    private Process agent;

    @BeforeEach
    void open() throws IOException {
        targets = new Targets(2);
        receiver = new CountingReceiver();
        receiver.keeping = true;
    }

    @AfterEach
    void close() throws IOException {
        if (agent != null) {
            agent.destroyForcibly();
        }
        targets.close();
        receiver.close();
    }

    @Test
    void whatTargetsShowIsWrittenUnderTheConfiguredLabels() throws Exception {
        start("""
                global:
                  scrape_interval: 1s
                  external_labels: {cluster: lab, zone: "never: the page has its own"}
                scrape_configs:
                  - job_name: many
                    static_configs:
                      - targets: ['%s']
                remote_write:
                  - url: %s
                    queue_config: {batch_send_deadline: 100ms}
                    write_relabel_configs:
                      - {source_labels: [__name__], regex: http_server_requests_7_total, action: drop}
                """.formatted(String.join("', '", targets.addresses()), receiver.url()));

        await().atMost(Duration.ofSeconds(30)).until(() -> pages() == 2 * (SERIES - Targets.SERIES));
        assertThat(receiver.values)
                .containsEntry(
                        "{__name__=up, cluster=lab, instance="
                                + targets.addresses().getFirst() + ", job=many, zone=never: the page has its own}",
                        1.0);
        assertThat(receiver.values)
                .containsEntry(
                        "{__name__=http_server_requests_1_total, cluster=lab, code=200, handler=/api/v1/items/0,"
                                + " instance=" + targets.addresses().getFirst()
                                + ", job=many, method=GET, service=catalog, zone=a}",
                        1_000_001_000.0);
        assertThat(ownMetrics()).contains("binnacle_pipeline_exported_samples_total{exporter=\"remote-write-");

        agent.destroy();
        assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
        long sent = receiver.samples.sum();
        assertThat(sent % (SERIES - Targets.SERIES + OWN))
                .as("scrapes are written whole: %s", sent)
                .isZero();
    }

    @Test
    void whatWaitsWhenTheProcessIsKilledIsWrittenByTheNext() throws Exception {
        String config = """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: many
                    static_configs:
                      - targets: [%s]
                remote_write:
                  - name: there
                    url: %s
                    queue_config: {batch_send_deadline: 100ms, max_backoff: 100ms}
                """;
        start(config.formatted("'" + targets.addresses().getFirst() + "'", "http://127.0.0.1:9/write"));
        await().atMost(Duration.ofSeconds(30)).until(() -> queued() > SERIES);
        agent.destroyForcibly().waitFor();

        start(config.formatted("", receiver.url()));
        await().atMost(Duration.ofSeconds(30)).until(() -> pages() == SERIES);
    }

    @Test
    void aReceiverThatIsKilledAndComesBackMissesNothing() throws Exception {
        int port = freePort();
        Path journal = Files.createFile(folder.resolve("journal"));
        var killed = receiverOf(port, journal);
        try {
            start("""
                    global: {scrape_interval: 1s}
                    scrape_configs:
                      - job_name: many
                        static_configs:
                          - targets: [%s]
                    remote_write:
                      - name: there
                        url: http://127.0.0.1:%d/write
                        queue_config: {batch_send_deadline: 50ms, max_backoff: 100ms, max_samples_per_send: %d}
                    """.formatted("'" + targets.addresses().getFirst() + "'", port, BATCH));
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.size(journal) > 0);
            killed.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(30)).until(() -> queued() > SERIES);
            killed = receiverOf(port, journal);
            await().atMost(Duration.ofSeconds(30)).until(() -> queued() < SERIES);
            agent.destroy();
            assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            killed.destroyForcibly().waitFor();
        }

        var lines = Files.readAllLines(journal);
        var samples = new TreeSet<>(lines);
        assertThat(lines.size() - samples.size()).as("repeated").isBetween(0, BATCH);
        var scrapes =
                samples.stream().collect(Collectors.groupingBy(line -> line.split(" ", 2)[0], Collectors.counting()));
        assertThat(scrapes.values()).containsOnly((long) SERIES + OWN);
        // The last page may have been under way when the agent ended.
        assertThat(scrapes.size()).isBetween(targets.served.get() - 1, targets.served.get());
    }

    @Test
    void whatIsNotSupportedIsRefusedByNameAndLine() throws Exception {
        var process = launch("""
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: many
                    kubernetes_sd_configs: [{role: pod}]
                rule_files: [rules.yml]
                """);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("log")))
                .contains("prometheus.yml:4: scrape_configs[0].kubernetes_sd_configs")
                .contains("prometheus.yml:5: rule_files");
    }

    private static Process receiverOf(int port, Path journal) throws IOException {
        return new ProcessBuilder(
                        java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingReceiver.class.getName(),
                        Integer.toString(port),
                        journal.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void start(String config) throws IOException {
        agent = launch(config);
        await().atMost(Duration.ofSeconds(30)).until(() -> log().find() || !agent.isAlive());
        assertThat(agent.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
    }

    private Process launch(String config) throws IOException {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        var command = new ArrayList<>(List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(
                "--config", file.toString(), "--data", folder.resolve("data").toString()));
        command.addAll(List.of("--listen", "127.0.0.1:0"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private Matcher log() throws IOException {
        return LISTENING.matcher(Files.readString(folder.resolve("log")));
    }

    private long pages() {
        return receiver.values.keySet().stream()
                .filter(labels -> labels.contains("http_server_requests"))
                .count();
    }

    private double queued() throws Exception {
        var found = QUEUED.matcher(ownMetrics());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private String ownMetrics() throws Exception {
        var log = log();
        assertThat(log.find()).isTrue();
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(log.group(1) + "/metrics"))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
