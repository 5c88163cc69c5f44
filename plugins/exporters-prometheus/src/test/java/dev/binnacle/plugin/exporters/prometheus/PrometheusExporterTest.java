package dev.binnacle.plugin.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import dev.binnacle.spi.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusExporterTest {
    private static final MetricFamily UP = MetricFamily.gauge("up", "", "Whether it answers");

    private TestContext context;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        var factory = new PrometheusExporterFactory();
        context = TestContext.of(factory, Map.of("expiry", "1m", "max-series", "3"));
        exporter = factory.create(context);
    }

    @AfterEach
    void stop() {
        exporter.close();
        context.close();
    }

    @Test
    void thePageIsEmptyBeforeTheFirstBatch() throws Exception {
        assertThat(context.page()).isEmpty();
    }

    @Test
    void aSeriesThatNobodyReportsLeavesThePage() throws Exception {
        exporter.export(List.of(up("a", 1), up("b", 1)));
        context.clock().advance(Duration.ofSeconds(50));
        exporter.export(List.of(up("a", 0)));
        context.clock().advance(Duration.ofSeconds(20));

        assertThat(context.page()).isEqualTo("# HELP up Whether it answers\n# TYPE up gauge\nup{pod=\"a\"} 0\n");
        context.clock().advance(Duration.ofSeconds(50));
        assertThat(context.page()).isEmpty();
    }

    @Test
    void aSeriesThatHasEndedLeavesThePageAtOnce() throws Exception {
        exporter.export(List.of(up("a", 1), up("b", 1)));
        exporter.export(List.of(up("a", Staleness.MARKER), up("never", Staleness.MARKER)));

        assertThat(context.page()).endsWith("gauge\nup{pod=\"b\"} 1\n");
    }

    @Test
    void anOlderSampleDoesNotReplaceANewerOne() throws Exception {
        var old = up("a", 0);
        context.clock().advance(Duration.ofSeconds(1));
        exporter.export(List.of(up("a", 1)));
        exporter.export(List.of(old));

        assertThat(context.page()).endsWith("up{pod=\"a\"} 1\n");
    }

    @Test
    void aMetricKeepsItsTypeAndOthersAreCounted() throws Exception {
        var counter = MetricFamily.counter("up", "", "Something else");
        exporter.export(List.of(up("a", 1), counter.sample(Labels.of("pod", "b"), 1, now())));

        assertThat(context.page()).endsWith("up{pod=\"a\"} 1\n");
        assertThat(context.meterValues()).containsEntry("conflicting_samples", 1.0);
    }

    @Test
    void afterItsExpiryAMetricMayHaveAnotherType() throws Exception {
        exporter.export(List.of(up("a", 1)));
        context.clock().advance(Duration.ofMinutes(2));
        exporter.export(List.of(MetricFamily.counter("up", "", "").sample(Labels.EMPTY, 1, now())));

        assertThat(context.page()).isEqualTo("# TYPE up counter\nup 1\n");
    }

    @Test
    void thePageDoesNotGrowWithoutLimit() throws Exception {
        exporter.export(List.of(up("a", 1), up("b", 1), up("c", 1), up("d", 1), up("a", 0)));

        assertThat(context.page().lines().filter(line -> line.startsWith("up{")))
                .hasSize(3)
                .contains("up{pod=\"a\"} 0");
        assertThat(context.meterValues())
                .containsEntry("samples_over_limit", 1.0)
                .containsEntry("series", 3.0);
    }

    private Sample up(String pod, double value) {
        return UP.sample(Labels.of("pod", pod), value, now());
    }

    private Instant now() {
        return context.clock().instant();
    }
}
