package dev.binnacle.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every exporter promises: what {@code export} took has arrived, also when it came twice. */
public abstract class ExporterContract extends ExtensionContract<Exporter> {
    private static final Duration HOSTS_LIMIT = Duration.ofMillis(500);

    /** A gauge of the contract's own. */
    protected static final MetricFamily GAUGE = MetricFamily.gauge("contract_gauge", "", "A gauge of the contract");

    /** A counter of the contract's own. */
    protected static final MetricFamily COUNTER =
            MetricFamily.counter("contract_things_total", "", "A counter of the contract");

    /** What goes wrong with a receiver. */
    public enum Fault {
        /** It answers that it cannot. */
        FAILS,
        /** It takes what it is given, and answers long after the host has given up. */
        ANSWERS_LATE,
        /** Nobody listens. */
        DIES
    }

    /** Returns the last value of each series that the receiver has, by {@link dev.binnacle.spi.model.Series#toString}. */
    protected abstract Map<String, Double> received(TestContext context) throws Exception;

    /** Makes the receiver unreachable; false when the exporter has none that could be. */
    protected boolean breakReceiver() {
        return false;
    }

    /** Undoes {@link #breakReceiver}. */
    protected void repairReceiver() {}

    /**
     * Lets the receiver have this fault until {@link #repairReceiver}; false when it cannot. {@link FaultyServer} can have all of them.
     */
    protected boolean inject(Fault fault) {
        return fault == Fault.DIES && breakReceiver();
    }

    @Override
    final Class<? extends ExtensionFactory<?>> service() {
        return ExporterFactory.class;
    }

    @Test
    void everySampleArrives() throws Exception {
        try (var context = newContext();
                var exporter = factory().create(context)) {
            exporter.export(batch(context, 1, 7));
            assertThat(received(context))
                    .containsEntry("contract_gauge{a=\"1\"}", 1.0)
                    .containsEntry("contract_gauge{a=\"2\"}", 2.0)
                    .containsEntry("contract_things_total{}", 7.0);
        }
    }

    @Test
    void aRepeatedBatchDoublesNothing() throws Exception {
        try (var context = newContext();
                var exporter = factory().create(context)) {
            exporter.export(batch(context, 1, 7));
            var once = received(context);
            exporter.export(batch(context, 1, 7));
            assertThat(received(context)).isEqualTo(once);
        }
    }

    @Test
    void aLaterValueReplacesAnEarlierOne() throws Exception {
        try (var context = newContext();
                var exporter = factory().create(context)) {
            exporter.export(batch(context, 1, 7));
            context.clock().advance(Duration.ofSeconds(1));
            exporter.export(batch(context, 5, 9));
            assertThat(received(context))
                    .containsEntry("contract_gauge{a=\"1\"}", 5.0)
                    .containsEntry("contract_things_total{}", 9.0);
        }
    }

    @Test
    void anUnreachableReceiverIsATransientFailureAndNothingIsLost() throws Exception {
        try (var context = newContext();
                var exporter = factory().create(context)) {
            assumeTrue(breakReceiver(), "this exporter has no receiver that could be down");
            assertThatThrownBy(() -> exporter.export(batch(context, 1, 7)))
                    .isInstanceOfSatisfying(
                            ExportException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
            repairReceiver();
            exporter.export(batch(context, 1, 7));
            assertThat(received(context)).containsEntry("contract_things_total{}", 7.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostOrDoubledWhenTheReceiver(Fault fault) throws Exception {
        try (var context = newContext();
                var exporter = factory().create(context)) {
            exporter.export(batch(context, 1, 7));
            assumeTrue(inject(fault), "this exporter's receiver has no such fault");
            context.clock().advance(Duration.ofSeconds(1));
            var second = batch(context, 5, 9);
            assertThat(failureOf(exporter, second))
                    .as("the host has to hear that this batch was not delivered")
                    .isTrue();
            repairReceiver();
            exporter.export(second);
            assertThat(received(context))
                    .containsEntry("contract_gauge{a=\"1\"}", 5.0)
                    .containsEntry("contract_gauge{a=\"2\"}", 2.0)
                    .containsEntry("contract_things_total{}", 9.0);
        }
    }

    /** Exports as the host does, which interrupts a call that takes too long; true when the host would try again. */
    private static boolean failureOf(Exporter exporter, List<Sample> batch) throws Exception {
        var outcome = new CompletableFuture<Boolean>();
        var thread = Thread.ofPlatform().start(() -> {
            try {
                exporter.export(batch);
                outcome.complete(false);
            } catch (ExportException e) {
                outcome.complete(e.kind() == FailureKind.TRANSIENT);
            } catch (InterruptedException e) {
                outcome.complete(true);
            }
        });
        if (!thread.join(HOSTS_LIMIT)) {
            thread.interrupt();
        }
        return outcome.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closeIsSafeTwiceAndBeforeUse() throws Exception {
        try (var context = newContext()) {
            var exporter = factory().create(context);
            exporter.close();
            exporter.close();
        }
    }

    private static List<Sample> batch(TestContext context, double gauge, double counter) {
        var now = context.clock().instant();
        return List.of(
                GAUGE.sample(Labels.of("a", "1"), gauge, now),
                GAUGE.sample(Labels.of("a", "2"), 2, now),
                COUNTER.sample(Labels.EMPTY, counter, now));
    }
}
