package dev.binnacle.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final Logger LOGGERS = Logger.getLogger("dev.binnacle.pipeline");
    private static final MetricFamily COUNT = MetricFamily.counter("count_total", "", "Runs");
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration ONCE = Duration.ofHours(1);
    private static final Retry QUICK = new Retry(Duration.ofMillis(2), Duration.ofMillis(8), Duration.ofSeconds(60));

    private final Pipeline pipeline = pipeline(1_000, 10, QUICK);

    /** Reports one sample per run, counting the runs. */
    private static final class Counting implements Collector {
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public List<Sample> collect(Instant at) {
            return List.of(COUNT.sample(Labels.EMPTY, runs.incrementAndGet(), at));
        }

        @Override
        public void close() {}
    }

    /** Keeps what it gets; fails as often as told. */
    private static final class Keeping implements Exporter {
        private final List<Double> values = Collections.synchronizedList(new ArrayList<>());
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger failuresLeft = new AtomicInteger();
        private volatile FailureKind failure = FailureKind.TRANSIENT;

        @Override
        public void export(List<Sample> batch) throws ExportException {
            if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new ExportException(failure, "as told", null);
            }
            batches.add(batch.size());
            batch.forEach(sample -> values.add(sample.value()));
        }

        @Override
        public void close() {}
    }

    @BeforeAll
    static void quiet() {
        LOGGERS.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        pipeline.close();
        assertAccountsAddUp(pipeline);
    }

    @Test
    void everyExporterGetsEverySampleInOrder() {
        var one = new Keeping();
        var two = new Keeping();
        pipeline.addExporter("one", one);
        pipeline.addExporter("two", two);
        pipeline.addCollector("counting", new Counting(), OFTEN);

        await().until(() -> one.values.size() >= 5 && two.values.size() >= 5);
        assertThat(one.values).startsWith(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(two.values).startsWith(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(pipeline.collectors().get("counting").samples()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aTransientFailureLosesNothingAndKeepsTheOrder() {
        var exporter = new Keeping();
        exporter.failuresLeft.set(7);
        pipeline.addExporter("flaky", exporter);
        pipeline.addCollector("counting", new Counting(), OFTEN);

        await().until(() -> exporter.values.size() >= 10);
        assertThat(new ArrayList<>(exporter.values))
                .startsWith(1.0, 2.0)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(pipeline.exporters().get("flaky").failures()).isEqualTo(7);
        assertThat(pipeline.exporters().get("flaky").dropped().values()).containsOnly(0L);
    }

    @Test
    void aPermanentFailureDropsTheBatchOnceAndCountsIt() {
        var exporter = new Keeping();
        exporter.failure = FailureKind.PERMANENT;
        exporter.failuresLeft.set(1);
        pipeline.addExporter("picky", exporter);
        pipeline.addCollector("counting", new Counting(), OFTEN);

        await().until(() -> exporter.values.size() >= 3);
        var stats = pipeline.exporters().get("picky");
        assertThat(stats.failures()).isEqualTo(1);
        assertThat(stats.dropped().get(DropReason.PERMANENT_FAILURE)).isPositive();
        assertThat(exporter.values).doesNotContain(1.0);
    }

    @Test
    void aPipelineKeepsItsMembersForItself() {
        var pushed = new Routes.Members(Set.of("told"), Set.of("far"));
        try (var routed = new Pipeline(
                new Routes(Map.of("pushed", pushed)), PipelineOptions.DEFAULT, InstantSource.system(), new Random(1))) {
            var near = new Keeping();
            var far = new Keeping();
            routed.addExporter("near", near);
            routed.addExporter("far", far);

            routed.publish("told", numbered(2));
            routed.publish("anybody", numbered(3));

            await().until(() -> near.values.size() == 3 && far.values.size() == 2);
        }
    }

    @Test
    void whatNoExporterIsThereForIsCounted() {
        pipeline.publish("lonely", numbered(4));

        var stats = pipeline.collectors().get("lonely");
        assertThat(stats.samples()).isEqualTo(4);
        assertThat(stats.stranded()).isEqualTo(4);
    }

    @Test
    void aBatchThatIsTooLargeIsGivenInPartsAndInOrder() {
        var taken = Collections.synchronizedList(new ArrayList<Double>());
        pipeline.addExporter("narrow", takingAtMost(3, taken));
        pipeline.publish("source", numbered(40));

        await().until(() -> taken.size() == 40);
        assertThat(taken).isSorted().doesNotHaveDuplicates();
        assertThat(pipeline.exporters().get("narrow").dropped().values()).containsOnly(0L);
    }

    @Test
    void aSampleThatIsTooLargeByItselfIsDropped() {
        pipeline.addExporter("closed", takingAtMost(0, new ArrayList<>()));
        pipeline.publish("source", numbered(4));

        await().until(() -> pipeline.exporters().get("closed").dropped().get(DropReason.PERMANENT_FAILURE) == 4);
    }

    @Test
    void whatAReceiverTookOfABatchIsCountedAsExported() {
        pipeline.addExporter("choosy", exporter(batch -> {
            throw ExportException.partial(3, "out of order");
        }));
        pipeline.publish("source", numbered(10));

        await().until(() -> pipeline.exporters().get("choosy").queued() == 0);
        var stats = pipeline.exporters().get("choosy");
        assertThat(stats.exported()).isEqualTo(7);
        assertThat(stats.dropped().get(DropReason.PERMANENT_FAILURE)).isEqualTo(3);
    }

    @Test
    void afterLongEnoughTheBatchIsGivenUp() {
        var impatient = pipeline(100, 10, new Retry(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(20)));
        var exporter = new Keeping();
        exporter.failuresLeft.set(Integer.MAX_VALUE);
        impatient.addExporter("dead", exporter);
        impatient.addCollector("counting", new Counting(), ONCE);

        await().until(() -> impatient.exporters().get("dead").dropped().get(DropReason.RETRIES_EXHAUSTED) == 1);
        impatient.close();
        assertAccountsAddUp(impatient);
    }

    @Test
    void aFullQueueDropsTheOldestAndCountsThem() throws Exception {
        var small = pipeline(10, 5, QUICK);
        var gate = new CountDownLatch(1);
        var kept = new Keeping();
        small.addExporter("slow", exporter(batch -> {
            gate.await();
            kept.export(batch);
        }));
        small.addCollector("counting", new Counting(), Duration.ofMillis(1));
        await().until(() -> small.exporters().get("slow").dropped().get(DropReason.QUEUE_FULL) > 20);
        small.removeCollector("counting");
        assertThat(small.exporters().get("slow").queued()).isLessThanOrEqualTo(10);

        gate.countDown();
        small.close();
        assertAccountsAddUp(small);
        assertThat(new ArrayList<>(kept.values)).isSorted().last().isEqualTo((double)
                small.collectors().get("counting").samples());
    }

    @Test
    void batchesAreNoLargerThanAllowed() {
        var exporter = new Keeping();
        pipeline.addCollector("counting", new Counting(), Duration.ofMillis(1));
        pipeline.addExporter("one", exporter);
        exporter.failuresLeft.set(5);

        await().until(() -> exporter.values.size() >= 40);
        assertThat(exporter.batches).allMatch(size -> size <= 10);
    }

    @Test
    void aReloadedExporterGetsWhatItsPredecessorLeft() {
        var before = new Keeping();
        before.failuresLeft.set(Integer.MAX_VALUE);
        pipeline.addExporter("one", before);
        pipeline.addCollector("counting", new Counting(), OFTEN);
        await().until(() -> pipeline.exporters().get("one").failures() > 2);
        pipeline.removeExporter("one");

        var after = new Keeping();
        pipeline.addExporter("one", after);
        await().until(() -> after.values.size() >= 5);
        assertThat(after.values).startsWith(1.0, 2.0, 3.0);
    }

    @Test
    void anExporterThatStaysAwayIsForgotten() {
        var forgetful = new Pipeline(
                Routes.ALL_TO_ALL,
                new PipelineOptions(100, 10, Duration.ZERO, QUICK, Duration.ofMillis(10), Duration.ofMillis(1)),
                InstantSource.system(),
                new Random(1));
        forgetful.addExporter("gone", new Keeping());
        forgetful.removeExporter("gone");
        forgetful.addCollector("counting", new Counting(), OFTEN);

        await().until(() -> forgetful.exporters().get("gone").dropped().get(DropReason.EXPORTER_GONE) > 3);
        assertThat(forgetful.exporters().get("gone").queued()).isLessThan(5);
        forgetful.close();
        assertAccountsAddUp(forgetful);
    }

    @Test
    void aFailingCollectorGoesOn() {
        var runs = new AtomicInteger();
        var exporter = new Keeping();
        pipeline.addExporter("one", exporter);
        pipeline.addCollector(
                "moody",
                new Collector() {
                    @Override
                    public List<Sample> collect(Instant at) throws CollectionException {
                        if (runs.incrementAndGet() <= 3) {
                            throw new CollectionException(FailureKind.TRANSIENT, "not yet", null);
                        }
                        return List.of(COUNT.sample(Labels.EMPTY, runs.get(), at));
                    }

                    @Override
                    public void close() {}
                },
                OFTEN);

        await().until(() -> !exporter.values.isEmpty());
        assertThat(pipeline.collectors().get("moody").failures()).isEqualTo(3);
    }

    @Test
    void whatACollectorSawOfALargerWholeIsTaken() {
        var exporter = new Keeping();
        pipeline.addExporter("one", exporter);
        pipeline.addCollector(
                "half-blind",
                new Collector() {
                    @Override
                    public List<Sample> collect(Instant at) throws CollectionException {
                        throw CollectionException.partial(List.of(COUNT.sample(Labels.EMPTY, 1, at)), "not all");
                    }

                    @Override
                    public void close() {}
                },
                OFTEN);

        await().until(() -> !exporter.values.isEmpty());
        assertThat(pipeline.collectors().get("half-blind").failures()).isZero();
    }

    @Test
    void aSlowCollectorSkipsRunsInsteadOfCatchingUp() {
        pipeline.addCollector(
                "slow",
                new Collector() {
                    @Override
                    public List<Sample> collect(Instant at) throws InterruptedException {
                        new CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
                        return List.of();
                    }

                    @Override
                    public void close() {}
                },
                OFTEN);

        await().until(() -> pipeline.collectors().get("slow").runs() >= 3);
        assertThat(pipeline.collectors().get("slow").skipped()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aClockThatJumpsNeitherStopsCollectorsNorHurriesThem() {
        var interval = Duration.ofMillis(10);
        var noon = Instant.parse("2026-01-01T12:00:00Z");
        var jumps = new AtomicInteger();
        InstantSource clock = () -> noon.plus(Duration.ofDays(jumps.incrementAndGet() % 2 == 0 ? -1 : 1));
        var counting = new Counting();
        var keeping = new Keeping();
        long begun = System.nanoTime();
        try (var jumping = new Pipeline(
                Routes.ALL_TO_ALL,
                new PipelineOptions(1_000, 10, Duration.ZERO, QUICK, Duration.ofSeconds(2), Duration.ofMinutes(1)),
                clock,
                new Random(1))) {
            jumping.addExporter("keeping", keeping);
            jumping.addCollector("counting", counting, interval);
            await().until(() -> keeping.values.size() >= 10);
            jumping.removeCollector("counting");
        }
        long most = (System.nanoTime() - begun) / interval.toNanos() + 1;

        assertThat(counting.runs.get()).isLessThanOrEqualTo((int) most);
        assertThat(keeping.values).isSorted();
    }

    @Test
    void nobodyCallsACollectorThatWasRemoved() throws Exception {
        var inside = new AtomicInteger();
        pipeline.addCollector(
                "long",
                new Collector() {
                    @Override
                    public List<Sample> collect(Instant at) throws InterruptedException {
                        inside.incrementAndGet();
                        try {
                            new CountDownLatch(1).await();
                            return List.of();
                        } finally {
                            inside.decrementAndGet();
                        }
                    }

                    @Override
                    public void close() {}
                },
                OFTEN);
        await().until(() -> inside.get() == 1);
        pipeline.removeCollector("long");

        assertThat(inside).hasValue(0);
    }

    @Test
    void pausesGrowUpToTheLongestAndVary() {
        var retry = new Retry(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));
        var random = new Random(7);

        assertThat(retry.pause(1, random).toMillis()).isBetween(50L, 100L);
        assertThat(retry.pause(3, random).toMillis()).isBetween(200L, 400L);
        assertThat(retry.pause(99, random).toMillis()).isBetween(500L, 1000L);
    }

    /** What an exporter does with a batch. */
    private interface Taking {
        void take(List<Sample> batch) throws ExportException, InterruptedException;
    }

    private static Exporter exporter(Taking taking) {
        return new Exporter() {
            @Override
            public void export(List<Sample> batch) throws ExportException, InterruptedException {
                taking.take(batch);
            }

            @Override
            public void close() {}
        };
    }

    private static Exporter takingAtMost(int most, List<Double> taken) {
        return exporter(batch -> {
            if (batch.size() > most) {
                throw ExportException.tooLarge("413");
            }
            batch.forEach(sample -> taken.add(sample.value()));
        });
    }

    private static List<Sample> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> COUNT.sample(Labels.EMPTY, i, Instant.EPOCH))
                .toList();
    }

    private static Pipeline pipeline(int queue, int batch, Retry retry) {
        var options =
                new PipelineOptions(queue, batch, Duration.ZERO, retry, Duration.ofSeconds(2), Duration.ofMinutes(1));
        return new Pipeline(Routes.ALL_TO_ALL, options, InstantSource.system(), new Random(1));
    }

    private static void assertAccountsAddUp(Pipeline pipeline) {
        pipeline.exporters().forEach((id, stats) -> {
            long dropped =
                    stats.dropped().values().stream().mapToLong(Long::longValue).sum();
            assertThat(stats.exported() + dropped + stats.queued()).as(id).isEqualTo(stats.received());
        });
    }
}
