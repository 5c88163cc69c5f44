package dev.binnacle.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches end where histograms do, in memory and on disk. */
class WholeHistogramsTest {
    private static final MetricFamily WAIT = new MetricFamily("wait_seconds", MetricType.HISTOGRAM, "seconds", "");
    private static final MetricFamily SIZE = new MetricFamily("size_bytes", MetricType.SUMMARY, "bytes", "");
    private static final MetricFamily LEVEL = MetricFamily.gauge("level", "", "");
    private static final Instant AT = Instant.EPOCH.plusSeconds(1);

    @TempDir
    Path folder;

    @Test
    void noBatchCutsAHistogramThatFitsIntoIt() {
        var memory = new MemoryBacklog(200_000);
        var disk = new DiskBacklog(new Buffering(folder, 1 << 24), 200_000);
        var random = new Random(7);
        var sent = new ArrayList<Sample>();
        for (int round = 0; round < 20; round++) {
            // More than a frame of the buffer holds, so that histograms lie across frames, too.
            var some = samples(random, round, 5_000);
            sent.addAll(some);
            memory.add(some);
            disk.add(some);
        }
        for (Backlog backlog : List.of(memory, disk)) {
            var taken = new ArrayList<Sample>();
            while (backlog.size() > 0) {
                var batch = backlog.take(20 + random.nextInt(2_000));
                if (random.nextInt(4) == 0) {
                    backlog.putBack();
                    continue;
                }
                if (!taken.isEmpty()) {
                    assertThat(group(batch.getFirst())).isNotEqualTo(group(taken.getLast()));
                }
                taken.addAll(batch);
                backlog.done();
            }
            assertThat(taken).as("%s", backlog.getClass()).isEqualTo(sent);
        }
        disk.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatDoesNotFitIsCut(boolean inMemory) {
        Backlog backlog = inMemory ? new MemoryBacklog(1_000) : new DiskBacklog(new Buffering(folder, 1 << 24), 1_000);
        backlog.add(histogram(0, 9));
        assertThat(backlog.take(4)).hasSize(4);
        backlog.done();
        assertThat(backlog.take(1)).hasSize(1);
        backlog.done();
        assertThat(backlog.take(100)).hasSize(4);
        backlog.close();
    }

    @Test
    void whatMakesRoomGoesAsAWhole() {
        var backlog = new MemoryBacklog(20);
        backlog.add(histogram(0, 10));
        backlog.add(histogram(1, 10));
        assertThat(backlog.add(List.of(LEVEL.sample(Labels.EMPTY, 1, AT)))).isEqualTo(10);
        assertThat(backlog.take(20)).hasSize(11);
    }

    private static List<Sample> samples(Random random, int round, int most) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; samples.size() < most; i++) {
            switch (random.nextInt(3)) {
                case 0 -> samples.addAll(histogram(round * most + i, 3 + random.nextInt(15)));
                case 1 -> samples.addAll(summary(round * most + i));
                default -> samples.add(LEVEL.sample(Labels.of("i", round + "-" + i), 1, AT));
            }
        }
        return samples;
    }

    private static List<Sample> histogram(int number, int parts) {
        var labels = Labels.of("i", "" + number);
        return IntStream.range(0, parts)
                .mapToObj(i -> new Sample(new Series(WAIT, "_bucket", labels.with("le", "" + i)), i, AT))
                .toList();
    }

    private static List<Sample> summary(int number) {
        var labels = Labels.of("i", "" + number);
        return List.of(
                new Sample(new Series(SIZE, "", labels.with("quantile", "0.5")), 1, AT),
                new Sample(new Series(SIZE, "_sum", labels), 1, AT),
                new Sample(new Series(SIZE, "_count", labels), 1, AT));
    }

    /** Returns what is one for the parts of one histogram or summary. */
    private static String group(Sample sample) {
        var labels = sample.series().labels();
        return sample.series().family().name() + labels.with("le", "").with("quantile", "");
    }
}
