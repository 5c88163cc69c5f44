package dev.binnacle.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 100 targets of 3,000 series, every 5 s, into one receiver: the agent beside the Prometheus agent and vmagent, in turn, each on the
 * same core. Given by {@code -Dbinnacle.prometheus-binary} (3.x) and {@code -Dbinnacle.vmagent}; those that are not given are left out.
 * {@code -Dbinnacle.figures.message=io.prometheus.write.v2.Request} is for remote write 2.0, which vmagent does not speak.
 */
class AgentFigures {
    private static final int TARGETS = 100;
    private static final int SAMPLES = TARGETS * Targets.FAMILIES * Targets.SERIES;
    private static final int ROUNDS = Integer.getInteger("binnacle.figures.rounds", 2);
    private static final int WARM = Integer.getInteger("binnacle.figures.warm", 12);
    private static final String MESSAGE = System.getProperty("binnacle.figures.message", "prometheus.WriteRequest");
    private static final int MEASURED = Integer.getInteger("binnacle.figures.seconds", 20);

    /** What one run has shown. */
    private record Run(double samplesPerSecond, double megabytes, double bytesPerSample) {}

    @TempDir
    Path folder;

    @BeforeAll
    static void leaveTheirCore() throws Exception {
        String own = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("taskset", "-a", "-p", "-c", "1", own)
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void samplesPerProcessorSecond() throws Exception {
        try (var targets = new Targets(TARGETS);
                var receiver = new CountingReceiver()) {
            var rivals = rivals(configuration(targets, receiver));
            requireEqualOutput(rivals, receiver);
            targets.change(true);
            var runs = new TreeMap<String, List<Run>>();
            for (int round = 0; round < ROUNDS; round++) {
                for (var rival : rivals.entrySet()) {
                    runs.computeIfAbsent(rival.getKey(), name -> new ArrayList<>())
                            .add(measure(rival.getKey(), rival.getValue(), receiver));
                }
            }
            runs.forEach(AgentFigures::print);
        }
    }

    private Map<String, List<String>> rivals(Path config) {
        var rivals = new LinkedHashMap<String, List<String>>();
        rivals.put("binnacle", ours(config));
        String prometheus = System.getProperty("binnacle.prometheus-binary", "");
        if (!prometheus.isBlank()) {
            rivals.put(
                    "prometheus",
                    List.of(
                            prometheus,
                            "--agent",
                            "--config.file=" + config,
                            "--storage.agent.path=" + folder.resolve("prometheus"),
                            "--web.listen-address=127.0.0.1:0"));
        }
        String vmagent = System.getProperty("binnacle.vmagent", "");
        if (!vmagent.isBlank()) {
            String url = urlOf(config);
            rivals.put(
                    "vmagent",
                    List.of(
                            vmagent,
                            "-promscrape.config=" + config,
                            "-promscrape.config.strictParse=false",
                            "-remoteWrite.url=" + url,
                            "-remoteWrite.forcePromProto",
                            "-remoteWrite.tmpDataPath=" + folder.resolve("vmagent"),
                            "-httpListenAddr=127.0.0.1:0"));
        }
        return rivals;
    }

    /** As the script starts it. */
    private List<String> ours(Path config) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xss512k",
                "-Xms64m",
                "-Xmn32m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=25"));
        command.addAll(
                List.of(System.getProperty("binnacle.figures.flags", "-Dx=y").split(" ")));
        command.addAll(List.of(
                "-cp",
                Path.of("target/binnacle-agent.jar").toAbsolutePath() + ":"
                        + Path.of("target/lib").toAbsolutePath() + "/*",
                "dev.binnacle.agent.Main",
                "--config",
                config.toString(),
                "--data",
                folder.resolve("binnacle").toString(),
                "--listen",
                "127.0.0.1:0"));
        return command;
    }

    private Path configuration(Targets targets, CountingReceiver receiver) throws IOException {
        return Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 5s
                scrape_configs:
                  - job_name: many
                    static_configs:
                      - targets: ['%s']
                remote_write:
                  - url: %s
                    protobuf_message: %s
                """.formatted(
                        String.join("', '", targets.addresses()), receiver.url(), MESSAGE));
    }

    private static String urlOf(Path config) {
        try {
            return Files.readString(config)
                    .lines()
                    .filter(line -> line.contains("url: "))
                    .map(line -> line.substring(line.indexOf("http")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void requireEqualOutput(Map<String, List<String>> rivals, CountingReceiver receiver) throws Exception {
        Map<String, Double> expected = null;
        for (var rival : rivals.entrySet()) {
            receiver.values.clear();
            receiver.keeping = true;
            try (var process = new Rival(rival.getValue(), folder.resolve(rival.getKey() + ".log"))) {
                Awaitility.await()
                        .atMost(java.time.Duration.ofSeconds(60))
                        .until(() -> pages(receiver).size() >= SAMPLES || !process.isAlive());
            }
            receiver.keeping = false;
            assertThat(pages(receiver))
                    .as(Files.readString(folder.resolve(rival.getKey() + ".log")))
                    .hasSize(SAMPLES);
            if (expected == null) {
                expected = pages(receiver);
            }
            assertThat(pages(receiver).equals(expected)).as(rival.getKey()).isTrue();
        }
        System.out.println(
                "figure: " + rivals.keySet() + " write the same " + SAMPLES + " series with the same values");
    }

    /** The series of the pages; each agent adds some of its own about the scrapes. */
    private static Map<String, Double> pages(CountingReceiver receiver) {
        var pages = new TreeMap<>(receiver.values);
        pages.keySet().removeIf(labels -> !labels.contains("http_server_requests_"));
        return pages;
    }

    private Run measure(String name, List<String> command, CountingReceiver receiver) throws Exception {
        try (var process = new Rival(command, folder.resolve(name + ".log"))) {
            pause(WARM);
            double cpu = process.cpu();
            long samples = receiver.samples.sum();
            long bytes = receiver.bytes.sum();
            double most = 0;
            for (int second = 0; second < MEASURED; second++) {
                pause(1);
                most = Math.max(most, process.megabytes());
            }
            double seconds = process.cpu() - cpu;
            long taken = receiver.samples.sum() - samples;
            assumeTrue(taken > 0, Files.readString(folder.resolve(name + ".log")));
            var run = new Run(taken / seconds, most, (double) (receiver.bytes.sum() - bytes) / taken);
            System.out.printf("%s: %d samples, %.2f s: %s%n", name, taken, seconds, run);
            return run;
        }
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void print(String name, List<Run> runs) {
        System.out.printf(
                "figure: %s %,.0f samples per CPU-second, RSS %.0f MB, %.1f bytes per sample%n",
                name,
                median(runs.stream().map(Run::samplesPerSecond).toList()),
                median(runs.stream().map(Run::megabytes).toList()),
                median(runs.stream().map(Run::bytesPerSample).toList()));
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
