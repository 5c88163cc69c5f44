package dev.binnacle.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that wait on disk: nothing is lost when a process ends, or is ended. */
class BufferedDeliveryTest {
    private static final Logger LOGGERS = Logger.getLogger("dev.binnacle.pipeline");
    private static final MetricFamily NUMBER = MetricFamily.gauge("number", "", "");
    private static final long ROOMY = 64 << 20;

    @TempDir
    Path folder;

    /** Keeps what it gets, unless it is told to fail. */
    private static final class Keeping implements Exporter {
        final List<Double> values = Collections.synchronizedList(new ArrayList<>());
        volatile boolean failing;

        @Override
        public void export(List<Sample> batch) throws ExportException {
            if (failing) {
                throw new ExportException(FailureKind.TRANSIENT, "as told", null);
            }
            batch.forEach(sample -> values.add(sample.value()));
        }

        @Override
        public void close() {}
    }

    @BeforeAll
    static void quiet() {
        LOGGERS.setLevel(Level.OFF);
    }

    @Test
    void whatAnOutageLeavesIsDeliveredByTheNextProcessInOrder() {
        var dead = new Keeping();
        dead.failing = true;
        var stats = run(dead, ROOMY, pipeline -> {
            IntStream.range(0, 50).forEach(i -> pipeline.publish("numbers", numbered(i * 100, 100)));
            await().until(() -> pipeline.exporters().get("one").failures() > 2);
            assertThat(pipeline.exporters().get("one").bufferBytes()).isPositive();
        });
        assertThat(stats.queued()).isEqualTo(5_000);

        var alive = new Keeping();
        stats = run(alive, ROOMY, pipeline -> {
            pipeline.publish("numbers", numbered(5_000, 10));
            await().until(() -> alive.values.size() == 5_010);
        });
        assertThat(alive.values).isSorted().doesNotHaveDuplicates();
        assertThat(stats.queued()).isZero();
        assertThat(stats.received()).isEqualTo(5_010);
    }

    @Test
    void whenTheBufferIsFullTheOldestMakeRoom() {
        var dead = new Keeping();
        dead.failing = true;
        var stats = run(dead, 1 << 20, pipeline -> {
            IntStream.range(0, 200).forEach(i -> pipeline.publish("numbers", numbered(i * 1_000, 1_000)));
        });
        assertThat(stats.dropped().get(DropReason.QUEUE_FULL)).isPositive();
        assertThat(stats.queued()).isPositive();
    }

    @Test
    void aRemovedExporterLeavesNothingOnDiskAndItsSamplesAreCounted() {
        var failing = new Keeping();
        failing.failing = true;
        var buffering = new Buffering(folder.resolve("one"), ROOMY);
        run(failing, ROOMY, pipeline -> {
            pipeline.publish("numbers", numbered(0, 200));
            await().until(() -> pipeline.exporters().get("one").failures() > 1);

            assertThat(pipeline.discardExporter("one", buffering)).isEqualTo(200);
            assertThat(folder.resolve("one")).doesNotExist();
            assertThat(pipeline.exporters().get("one").dropped()).containsEntry(DropReason.EXPORTER_GONE, 200L);
            pipeline.publish("numbers", numbered(200, 10));
            assertThat(folder.resolve("one")).doesNotExist();
            assertThat(pipeline.collectors().get("numbers").stranded()).isEqualTo(10);

            var back = new Keeping();
            pipeline.addExporter("one", back, buffering);
            pipeline.publish("numbers", numbered(210, 10));
            await().until(() -> back.values.size() == 10);
        });
    }

    @Test
    void whatAnExporterLeftThatDoesNotStartAnyMoreIsDroppedWithIt() {
        var failing = new Keeping();
        failing.failing = true;
        run(failing, ROOMY, pipeline -> pipeline.publish("numbers", numbered(0, 200)));

        var options = PipelineOptions.DEFAULT;
        try (var pipeline = new Pipeline(Routes.ALL_TO_ALL, options, InstantSource.system(), new Random(1))) {
            assertThat(pipeline.discardExporter("one", new Buffering(folder.resolve("one"), ROOMY)))
                    .isEqualTo(200);
        }
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void aBufferThatCannotBeUsedIsReplacedByMemory() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("one"), "a file");
        var exporter = new Keeping();
        var stats = run(exporter, ROOMY, pipeline -> {
            pipeline.publish("numbers", numbered(0, 100));
            await().until(() -> exporter.values.size() == 100);
        });
        assertThat(stats.bufferFailures()).isPositive();
        assertThat(notAFolder).hasContent("a file");
    }

    @Test
    void damageIsCounted() throws IOException {
        var dead = new Keeping();
        dead.failing = true;
        run(dead, ROOMY, pipeline -> {
            IntStream.range(0, 10).forEach(i -> pipeline.publish("numbers", numbered(i * 100, 100)));
        });
        try (var files = Files.list(folder.resolve("one"))) {
            Path samples = files.filter(file -> file.toString().endsWith(".samples"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(samples);
            bytes[bytes.length / 2] ^= 1;
            Files.write(samples, bytes);
        }

        var alive = new Keeping();
        var stats = run(alive, ROOMY, pipeline -> {
            await().until(() -> alive.values.size() == 900);
        });
        assertThat(stats.dropped().get(DropReason.DAMAGED)).isEqualTo(100);
        assertThat(alive.values).isSorted();
    }

    @Test
    void aKilledProcessLosesNothingThatTheBufferTookAndRepeatsAtMostABatch() throws Exception {
        var said = new ArrayList<String>();
        var taken = new BitSet();
        for (int run = 0; run < 3; run++) {
            var lines = child(List.of(), run * 1_000_000, 1_000, 3_000, 20 + 10 * run);
            said.addAll(lines);
            taken.set(run * 1_000_000, lastTaken(lines) + 1);
        }
        said.addAll(child(List.of(), 0, 0, 0, 0));

        var delivered = delivered(said);
        assertThat(ranges(said).size()).isGreaterThan(100);
        taken.andNot(delivered);
        assertThat(taken.cardinality()).as("lost: %s", taken).isZero();
        assertThat(repeated(said)).isLessThanOrEqualTo(3 * BufferedChild.BATCH);
    }

    @Test
    void aFullDiskIsSaidAndNothingIsLost() throws Exception {
        // The system refuses every file of more than 256 KiB, as a full disk refuses more.
        var said = child(List.of("bash", "-c", "ulimit -f 256; exec \"$@\"", "bash"), 0, 300, 200, 0);

        assertThat(delivered(said).nextClearBit(0)).isEqualTo(300 * BufferedChild.CHUNK);
        assertThat(repeated(said)).isZero();
        String account = said.getLast();
        assertThat(account).startsWith("account 300000 300000 ");
        assertThat(Integer.parseInt(account.substring(account.lastIndexOf(' ') + 1)))
                .isPositive();
    }

    private static int lastTaken(List<String> said) {
        return said.stream()
                .filter(line -> line.startsWith("took"))
                .mapToInt(line -> Integer.parseInt(line.substring(5)))
                .max()
                .orElseThrow();
    }

    /** Runs a child until it ends, or kills it as {@code kill -9} does when it has taken so many chunks. */
    private List<String> child(List<String> before, int first, int chunks, int micros, int enough) throws Exception {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                BufferedChild.class.getName(),
                folder.toString(),
                "" + first,
                "" + chunks,
                "" + micros));
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        var lines = new ArrayList<String>();
        int taken = 0;
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.startsWith("took") && ++taken == enough) {
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).as(Files.readString(folder.resolve("errors"))).isNotEmpty();
        return lines;
    }

    private static BitSet delivered(List<String> said) {
        var numbers = new BitSet();
        ranges(said).forEach(range -> numbers.set(range[0], range[1] + 1));
        return numbers;
    }

    private static int repeated(List<String> said) {
        int all =
                ranges(said).stream().mapToInt(range -> range[1] - range[0] + 1).sum();
        return all - delivered(said).cardinality();
    }

    private static List<int[]> ranges(List<String> said) {
        return said.stream()
                .filter(line -> line.startsWith("got"))
                .map(line -> line.split(" "))
                .map(words -> new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2])})
                .toList();
    }

    private LaneStats run(Exporter exporter, long bytes, Consumer<Pipeline> use) {
        var retry = new Retry(Duration.ofMillis(2), Duration.ofMillis(8), Duration.ofMillis(1));
        var options = new PipelineOptions(1_000, 50, Duration.ZERO, retry, Duration.ofMillis(1), Duration.ofMinutes(1));
        var pipeline = new Pipeline(Routes.ALL_TO_ALL, options, InstantSource.system(), new Random(1));
        try (pipeline) {
            pipeline.addExporter("one", exporter, new Buffering(folder.resolve("one"), bytes));
            use.accept(pipeline);
        }
        var stats = pipeline.exporters().get("one");
        long dropped =
                stats.dropped().values().stream().mapToLong(Long::longValue).sum();
        assertThat(stats.exported() + dropped + stats.queued()).isEqualTo(stats.received());
        return stats;
    }

    private static List<Sample> numbered(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> NUMBER.sample(Labels.of("i", "" + i % 7), i, Instant.EPOCH))
                .toList();
    }
}
