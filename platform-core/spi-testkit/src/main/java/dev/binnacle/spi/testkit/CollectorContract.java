package dev.binnacle.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every collector promises: samples or one exception, no series twice, prompt ends. */
public abstract class CollectorContract extends ExtensionContract<Collector> {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    /** How the collector's source behaves. */
    public enum Source {
        /** It answers as it should. */
        ANSWERING,
        /** Nobody listens. */
        UNREACHABLE,
        /** It accepts a connection and says nothing, for as long as the test lasts. */
        HANGING,
        /** It answers, but not what it should. */
        LYING
    }

    /** Lets {@code context} lead to a source that behaves like this. */
    protected abstract void arrange(TestContext context, Source source) throws Exception;

    /**
     * Returns the gauge that is 1 for a source that answered and 0 for one that did not; empty for a collector of a single source,
     * which throws instead.
     */
    protected Optional<String> reachabilityGauge() {
        return Optional.empty();
    }

    @Override
    final Class<? extends ExtensionFactory<?>> service() {
        return CollectorFactory.class;
    }

    @Test
    void anAnsweringSourceGivesDistinctSeries() throws Exception {
        try (var context = newContext();
                var collector = factory().create(context)) {
            arrange(context, Source.ANSWERING);
            assertThat(collector.collect(AT))
                    .isNotEmpty()
                    .extracting(Sample::series)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aSourceThatDoesNotAnswerIsReported() throws Exception {
        assertReported(Source.UNREACHABLE);
    }

    @Test
    void aSourceThatLiesIsReported() throws Exception {
        assertReported(Source.LYING);
    }

    @Test
    void aCollectorRecoversWithItsSource() throws Exception {
        try (var context = newContext();
                var collector = factory().create(context)) {
            arrange(context, Source.UNREACHABLE);
            collectLeniently(collector);
            arrange(context, Source.ANSWERING);
            assertThat(collector.collect(AT)).isNotEmpty();
        }
    }

    @Test
    void anInterruptedRunEndsSoon() throws Exception {
        try (var context = newContext();
                var collector = factory().create(context)) {
            arrange(context, Source.HANGING);
            var begun = new CountDownLatch(1);
            var ended = new CompletableFuture<Boolean>();
            var thread = Thread.ofPlatform().start(() -> {
                begun.countDown();
                collectLeniently(collector);
                ended.complete(true);
            });
            begun.await();
            thread.interrupt();
            assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
            thread.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    @Test
    void closeIsSafeTwiceAndBeforeUse() throws Exception {
        try (var context = newContext()) {
            var collector = factory().create(context);
            collector.close();
            collector.close();
        }
    }

    private void assertReported(Source source) throws Exception {
        try (var context = newContext();
                var collector = factory().create(context)) {
            arrange(context, source);
            var gauge = reachabilityGauge();
            if (gauge.isEmpty()) {
                assertThat(catchThrowable(() -> collector.collect(AT)))
                        .isInstanceOf(CollectionException.class)
                        .message()
                        .isNotBlank();
            } else {
                assertThat(collector.collect(AT))
                        .filteredOn(sample -> sample.series().name().equals(gauge.get()))
                        .isNotEmpty()
                        .allMatch(sample -> sample.value() == 0);
            }
        }
    }

    private static List<Sample> collectLeniently(Collector collector) {
        try {
            return collector.collect(AT);
        } catch (CollectionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
