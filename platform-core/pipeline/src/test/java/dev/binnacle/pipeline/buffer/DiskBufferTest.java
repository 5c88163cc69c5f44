package dev.binnacle.pipeline.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBufferTest {
    private static final Logger LOGGERS = Logger.getLogger("dev.binnacle.pipeline");
    private static final long ROOMY = 64 << 20;
    private static final MetricFamily WAIT =
            new MetricFamily("wait_seconds", MetricType.HISTOGRAM, "seconds", "How long it waits");
    private static final List<Series> SERIES = IntStream.range(0, 5)
            .mapToObj(i -> new Series(WAIT, "_bucket", Labels.of("le", "" + i, "zone", "ü\"\n")))
            .toList();

    @TempDir
    Path folder;

    @BeforeAll
    static void quiet() {
        LOGGERS.setLevel(Level.OFF);
    }

    @Test
    void samplesComeBackAsTheyWereAlsoAfterAReopening() throws Exception {
        double stale = Double.longBitsToDouble(0x7ff0000000000002L);
        var samples = List.of(
                new Sample(SERIES.get(0), -0.0, Instant.ofEpochSecond(-1, 999_999_999)),
                new Sample(SERIES.get(1), stale, Instant.parse("2026-01-01T00:00:00.000000001Z")),
                new Sample(SERIES.get(0), Double.NaN, Instant.MAX));
        try (var buffer = DiskBuffer.open(folder, ROOMY)) {
            buffer.append(samples);
            assertThat(bits(buffer.read(10))).isEqualTo(bits(samples));
        }
        try (var buffer = DiskBuffer.open(folder, ROOMY)) {
            assertThat(buffer.unread()).isEqualTo(3);
            var again = buffer.read(10);
            assertThat(bits(again)).isEqualTo(bits(samples));
            assertThat(again)
                    .extracting(Sample::series)
                    .isEqualTo(samples.stream().map(Sample::series).toList());
            assertThat(again.get(2).series()).isSameAs(again.get(0).series());
        }
    }

    @Test
    void whatIsAcknowledgedDoesNotComeBackAndTheRestDoes() throws Exception {
        try (var buffer = DiskBuffer.open(folder, ROOMY)) {
            append(buffer, 0, 10_000);
            assertThat(numbers(buffer.read(6_000))).isEqualTo(range(0, 6_000));
            buffer.acknowledge();
            assertThat(numbers(buffer.read(1_000))).isEqualTo(range(6_000, 7_000));
            buffer.rewind();
            assertThat(numbers(buffer.read(500))).isEqualTo(range(6_000, 6_500));
            buffer.acknowledge();
            assertThat(numbers(buffer.read(10))).isEqualTo(range(6_500, 6_510));
        }
        try (var buffer = DiskBuffer.open(folder, ROOMY)) {
            assertThat(buffer.unread()).isEqualTo(3_500);
            append(buffer, 10_000, 10_100);
            assertThat(numbers(readAll(buffer))).isEqualTo(range(6_500, 10_100));
            assertThat(buffer.unread()).isZero();
            assertThat(buffer.read(1)).isEmpty();
        }
    }

    @Test
    void theOldestMakeRoomAndAreCounted() throws Exception {
        long limit = 1 << 20;
        try (var buffer = DiskBuffer.open(folder, limit)) {
            for (int i = 0; i < 300; i++) {
                append(buffer, i * 1_000, (i + 1) * 1_000);
                assertThat(onDisk()).isLessThanOrEqualTo(limit + 1_000);
            }
            long dropped = buffer.takeDropped();
            assertThat(dropped).isPositive();
            assertThat(buffer.takeDropped()).isZero();
            assertThat(numbers(readAll(buffer))).isEqualTo(range((int) dropped, 300_000));
        }
    }

    @Test
    void aBatchUnderWayIsNotDropped() throws Exception {
        try (var buffer = DiskBuffer.open(folder, 1 << 20)) {
            append(buffer, 0, 1_000);
            assertThat(numbers(buffer.read(100))).isEqualTo(range(0, 100));
            for (int i = 1; i < 300; i++) {
                append(buffer, i * 1_000, (i + 1) * 1_000);
            }
            buffer.rewind();
            assertThat(numbers(buffer.read(100))).isEqualTo(range(0, 100));
            buffer.acknowledge();
            long left = readAll(buffer).size();
            assertThat(100 + left + buffer.takeDropped()).isEqualTo(300_000);
        }
    }

    @Test
    void aTruncatedFileKeepsWhatIsBeforeTheCut() throws Exception {
        write(folder, 40, 10);
        Path file = only(folder, ".samples");
        byte[] whole = Files.readAllBytes(file);
        int last = 0;
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            var kept = numbers(readAndForget());
            assertThat(kept).isEqualTo(range(0, kept.size())).hasSizeGreaterThanOrEqualTo(last);
            last = kept.size();
        }
        assertThat(last).isEqualTo(40);
    }

    @Test
    void aFlippedByteCostsItsFrameOnlyAndIsCounted() throws Exception {
        for (String suffix : List.of(".samples", ".series")) {
            Path own = Files.createDirectory(folder.resolve(suffix.substring(1)));
            write(own, 40, 10);
            Path file = only(own, suffix);
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 0x41;
                Files.write(file, flipped);
                try (var buffer = DiskBuffer.open(own, ROOMY)) {
                    long lost = buffer.takeDamaged();
                    var read = numbers(readAllUnread(buffer));
                    assertThat(read).as("byte %d of %s", at, suffix).isSorted().doesNotHaveDuplicates();
                    assertThat(read).hasSizeGreaterThanOrEqualTo(30);
                    assertThat(range(0, 40)).containsAll(read);
                    // Of a damaged last frame nobody knows how many samples it had.
                    assertThat(read.size() + lost == 40 || read.equals(range(0, 30)))
                            .isTrue();
                }
                Files.delete(own.resolve("position"));
                Files.write(file, whole);
            }
        }
    }

    @Test
    void aLostPositionRepeatsEverythingAndLosesNothing() throws Exception {
        try (var buffer = DiskBuffer.open(folder, ROOMY)) {
            append(buffer, 0, 100);
            buffer.read(50);
            buffer.acknowledge();
        }
        Files.write(folder.resolve("position"), new byte[64]);
        assertThat(readAndForget()).hasSize(100);
    }

    @Test
    void filesOfAnotherVersionAreLeftAsTheyAre() throws Exception {
        Path later = folder.resolve("0000000007-000003.samples");
        var head = new Bytes();
        FileHead.write(head, 0);
        byte[] bytes = Arrays.copyOf(head.array(), head.size());
        bytes[8] = 2;
        var sum = new CRC32C();
        sum.update(bytes, 0, FileHead.SIZE - 4);
        head.putInt(FileHead.SIZE - 4, (int) sum.getValue());
        System.arraycopy(head.array(), FileHead.SIZE - 4, bytes, FileHead.SIZE - 4, 4);
        Files.write(later, bytes);
        write(folder, 10, 10);

        assertThat(readAndForget()).hasSize(10);
        assertThat(later).hasBinaryContent(bytes);
    }

    @Test
    void aFolderHasOneUserAndNothingStaysOpen() throws Exception {
        long before = openFiles();
        var buffer = DiskBuffer.open(folder, ROOMY);
        assertThatThrownBy(() -> DiskBuffer.open(folder, ROOMY)).isInstanceOf(IOException.class);
        append(buffer, 0, 10);
        buffer.read(5);
        buffer.close();
        assertThat(openFiles()).isEqualTo(before);
        assertThat(readAndForget()).hasSize(10);
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheFiles() throws Exception {
        try (var buffer = DiskBuffer.open(folder, ROOMY)) {
            append(buffer, 0, 10);
            Thread.currentThread().interrupt();
            assertThat(buffer.read(10)).hasSize(10);
            buffer.acknowledge();
            append(buffer, 10, 20);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(buffer.read(10)).hasSize(10);
        }
    }

    @Test
    void aWriteThatFailsTakesNothingAndTheNextOneWorks() throws Exception {
        try (var buffer = DiskBuffer.open(folder, 1 << 20)) {
            append(buffer, 0, 10);
            var large = new Series(WAIT, "_bucket", Labels.of("le", "x".repeat(2 << 20)));
            assertThatThrownBy(() -> buffer.append(List.of(new Sample(large, 1, Instant.EPOCH))))
                    .hasMessageContaining("no room");
            long dropped = buffer.takeDropped();
            append(buffer, 10, 20);
            assertThat(dropped + readAll(buffer).size()).isEqualTo(20);
        }
    }

    private void write(Path where, int samples, int each) throws IOException {
        try (var buffer = DiskBuffer.open(where, ROOMY)) {
            for (int from = 0; from < samples; from += each) {
                append(buffer, from, from + each);
            }
        }
    }

    private List<Sample> readAndForget() throws IOException {
        try (var buffer = DiskBuffer.open(folder, ROOMY)) {
            var read = readAllUnread(buffer);
            Files.deleteIfExists(folder.resolve("position"));
            return read;
        }
    }

    /** Reads without acknowledging anything. */
    private static List<Sample> readAllUnread(DiskBuffer buffer) throws IOException {
        return buffer.read(Integer.MAX_VALUE / 1024);
    }

    private static List<Sample> readAll(DiskBuffer buffer) throws IOException {
        var all = new ArrayList<Sample>();
        for (var batch = buffer.read(777); !batch.isEmpty(); batch = buffer.read(777)) {
            all.addAll(batch);
            buffer.acknowledge();
        }
        return all;
    }

    private static void append(DiskBuffer buffer, int from, int to) throws IOException {
        buffer.append(IntStream.range(from, to)
                .mapToObj(i -> new Sample(SERIES.get(i % SERIES.size()), i, Instant.ofEpochSecond(i)))
                .toList());
    }

    private static List<Integer> numbers(List<Sample> samples) {
        return samples.stream().map(sample -> (int) sample.value()).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<String> bits(List<Sample> samples) {
        return samples.stream()
                .map(sample -> Double.doubleToRawLongBits(sample.value()) + " " + sample.at())
                .toList();
    }

    private long onDisk() throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static Path only(Path where, String suffix) throws IOException {
        try (var files = Files.list(where)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
