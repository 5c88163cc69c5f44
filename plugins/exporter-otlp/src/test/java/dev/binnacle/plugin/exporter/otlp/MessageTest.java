package dev.binnacle.plugin.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final long NANOS = 1_769_860_800_123_456_789L;

    private final Streams streams = new Streams();
    private final Targets targets = new Targets();

    @Test
    void eachTypeBecomesWhatTheSpecificationSays() {
        var metrics = metrics(
                Samples.of(Samples.REQUESTS, "", Labels.of("code", "200"), 7, AT),
                Samples.of(Samples.LEVEL, "", Labels.EMPTY, -0.0, AT),
                Samples.of(Samples.WHATEVER, "", Labels.EMPTY, Double.NaN, AT));

        assertThat(metrics)
                .extracting(Metric::getName)
                .containsExactly("http_requests_total", "tank_level_bytes", "whatever");
        var counter = metrics.get(0).getSum();
        assertThat(counter.getIsMonotonic()).isTrue();
        assertThat(counter.getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(counter.getDataPoints(0).getAsDouble()).isEqualTo(7);
        assertThat(counter.getDataPoints(0).getTimeUnixNano()).isEqualTo(NANOS);
        assertThat(texts(counter.getDataPoints(0).getAttributesList())).containsOnly(entry("code", "200"));
        assertThat(metrics.get(1).getGauge().getDataPoints(0).getAsDouble()).isEqualTo(-0.0);
        assertThat(metrics.get(1).getUnit()).isEqualTo("By");
        assertThat(metrics.get(1).getDescription()).isEqualTo("How full it is");
        assertThat(metrics.get(2).getGauge().getDataPoints(0).getAsDouble()).isNaN();
        assertThat(metrics)
                .extracting(metric -> texts(metric.getMetadataList()).get("prometheus.type"))
                .containsExactly("counter", "gauge", "unknown");
    }

    @Test
    void theSeriesOfAHistogramAreOnePointInWhateverOrderTheyCome() {
        var parts = new ArrayList<>(Samples.histogram(Labels.of("a", "1"), 2, 3.5, AT));
        parts.addAll(Samples.histogram(Labels.of("a", "2"), 1, 1.5, AT));
        Collections.shuffle(parts, new Random(4));

        var points = metrics(parts).getFirst().getHistogram().getDataPointsList();
        assertThat(points).hasSize(2).anySatisfy(point -> {
            assertThat(texts(point.getAttributesList())).containsOnly(entry("a", "1"));
            assertThat(point.getExplicitBoundsList()).containsExactly(0.1, 1.0);
            assertThat(point.getBucketCountsList()).containsExactly(2L, 2L, 2L);
            assertThat(point.getCount()).isEqualTo(6);
            assertThat(point.getSum()).isEqualTo(3.5);
        });
    }

    @Test
    void aSummaryHasItsQuantiles() {
        var point = metrics(Samples.summary(Labels.EMPTY, 5, AT))
                .getFirst()
                .getSummary()
                .getDataPoints(0);

        assertThat(point.getCount()).isEqualTo(8);
        assertThat(point.getSum()).isEqualTo(50);
        assertThat(point.getQuantileValuesList())
                .extracting(each -> each.getQuantile() + "=" + each.getValue())
                .containsExactly("0.5=5.0", "0.99=10.0");
    }

    @Test
    void aStreamThatHasEndedSaysSoWithItsBounds() {
        double end = Staleness.MARKER;
        metrics(Samples.histogram(Labels.EMPTY, 2, 1, AT));
        var ended = Samples.histogram(Labels.EMPTY, 0, end, AT.plusSeconds(1)).stream()
                .map(part -> new Sample(part.series(), end, part.at()))
                .toList();
        var histogram = metrics(ended).getFirst().getHistogram().getDataPoints(0);
        assertThat(histogram.getFlags()).isEqualTo(1);
        assertThat(histogram.getExplicitBoundsList()).containsExactly(0.1, 1.0);
        assertThat(histogram.getCount()).isZero();
        assertThat(histogram.getSum()).isZero();
        assertThat(histogram.getStartTimeUnixNano()).isEqualTo(NANOS);

        var counter = metrics(Samples.of(Samples.REQUESTS, "", Labels.EMPTY, end, AT))
                .getFirst()
                .getSum();
        assertThat(counter.getDataPoints(0).getFlags()).isEqualTo(1);
        assertThat(counter.getDataPoints(0).hasAsDouble()).isFalse();
    }

    @Test
    void aBoundThatHasEndedIsLeftOut() {
        var parts = new ArrayList<>(Samples.histogram(Labels.EMPTY, 2, 1, AT));
        parts.set(0, new Sample(parts.getFirst().series(), Staleness.MARKER, AT));

        var point = metrics(parts).getFirst().getHistogram().getDataPoints(0);
        assertThat(point.getExplicitBoundsList()).containsExactly(1.0);
        assertThat(point.getBucketCountsList()).containsExactly(4L, 2L);
    }

    @Test
    void countingBeganWhenTheStreamWasSeenFirstOrWhenItFell() {
        assertThat(starts(counter(5, 0), counter(6, 1), counter(2, 2), counter(3, 3)))
                .containsExactly(0L, 0L, 2L, 2L);
        assertThat(starts(counter(2, 2), counter(3, 3))).as("again").containsExactly(2L, 2L);
        assertThat(starts(counter(Staleness.MARKER, 4), counter(9, 5))).containsExactly(2L, 5L);
        assertThat(starts(counter(1, -9)))
                .as("no stream begins after its point")
                .containsExactly(-9L);
    }

    @Test
    void whoReportsIsTheResourceAndWhatMeasuresTheScope() {
        var info = new MetricFamily("target_info", MetricType.GAUGE, "", "");
        var labels = Samples.TARGET
                .with("otel_scope_name", "http")
                .with("otel_scope_version", "2")
                .with("code", "200");
        var message = Message.of(
                List.of(
                        Samples.of(Samples.REQUESTS, "", labels, 1, AT),
                        Samples.of(info, "", Samples.TARGET.with("k8s_pod_name", "shop-1"), 1, AT),
                        Samples.of(Samples.REQUESTS, "", Labels.of("job", "other"), 1, AT)),
                streams,
                targets);

        assertThat(message.points()).isEqualTo(2);
        var resources = message.request().getResourceMetricsList();
        assertThat(texts(resources.get(0).getResource().getAttributesList()))
                .containsOnly(
                        entry("service.name", "shop"),
                        entry("service.instance.id", "127.0.0.1:8080"),
                        entry("k8s_pod_name", "shop-1"));
        var scope = resources.get(0).getScopeMetrics(0);
        assertThat(scope.getScope().getName() + " " + scope.getScope().getVersion())
                .isEqualTo("http 2");
        assertThat(texts(scope.getMetrics(0).getSum().getDataPoints(0).getAttributesList()))
                .containsOnly(entry("code", "200"));
        assertThat(texts(resources.get(1).getResource().getAttributesList()))
                .containsOnly(entry("service.name", "other"));
        assertThat(resources.get(1).getScopeMetrics(0).getScope().getName()).isEqualTo("dev.binnacle.exporter-otlp");
    }

    @Test
    void whatTheTargetSaidInAnEarlierBatchHolds() {
        var info = new MetricFamily("target_info", MetricType.GAUGE, "", "");
        Message.of(List.of(Samples.of(info, "", Samples.TARGET.with("zone", "a"), 1, AT)), streams, targets);
        var later = Message.of(List.of(Samples.of(Samples.LEVEL, "", Samples.TARGET, 1, AT)), streams, targets);
        assertThat(texts(later.request().getResourceMetrics(0).getResource().getAttributesList()))
                .containsEntry("zone", "a");
    }

    @ParameterizedTest
    @CsvSource({
        "4,,INCOMPLETE", // no _count
        "2,,INCOMPLETE", // no +Inf
        "0 1 2,,INCOMPLETE",
        "3,,", // no _sum is a histogram without one
        ",1=3,INCONSISTENT",
        ",1=0.5,INCONSISTENT",
        ",0=-1,INCONSISTENT",
        ",4=7,INCONSISTENT",
        ",0=NaN,INCONSISTENT"
    })
    void aHistogramThatIsNotWholeIsCountedAndNotSent(String missing, String wrong, Unsendable reason) {
        var parts = new ArrayList<>(Samples.histogram(Labels.EMPTY, 2, 1, AT));
        if (wrong != null) {
            int index = wrong.charAt(0) - '0';
            double value = Double.parseDouble(wrong.substring(2));
            parts.set(index, new Sample(parts.get(index).series(), index == 1 ? value / 2 : value, AT));
        }
        if (missing != null) {
            Stream.of(missing.split(" "))
                    .map(Integer::valueOf)
                    .sorted(Collections.reverseOrder())
                    .forEach(index -> parts.remove((int) index));
        }
        var message = Message.of(parts, streams, targets);
        assertThat(message.reasons()).isEqualTo(reason == null ? Map.of() : Map.of(reason, parts.size()));
        assertThat(message.points()).isEqualTo(reason == null ? 1 : 0);
    }

    @Test
    void boundsThatAreNoNumbersAndTimesThatOtlpDoesNotHaveAreCounted() {
        var parts = new ArrayList<>(Samples.histogram(Labels.EMPTY, 2, 1, AT));
        parts.set(0, Samples.of(Samples.WAIT, "_bucket", Labels.of("le", "few"), 1, AT));
        parts.add(Samples.of(Samples.LEVEL, "", Labels.EMPTY, 1, Instant.EPOCH.minusSeconds(1)));
        parts.add(Samples.of(Samples.LEVEL, "", Labels.EMPTY, 1, Instant.MAX));
        parts.add(Samples.of(Samples.SIZE, "_sum", Labels.EMPTY, 1, AT));
        parts.add(Samples.of(Samples.SIZE, "", Labels.of("quantile", "2", "a", "b"), 1, AT));
        parts.add(Samples.of(Samples.SIZE, "_count", Labels.of("a", "b"), 1, AT));

        var message = Message.of(parts, streams, targets);
        assertThat(message.points()).isZero();
        assertThat(message.reasons())
                .containsOnly(
                        entry(Unsendable.INCONSISTENT, 7),
                        entry(Unsendable.OUT_OF_TIME, 2),
                        entry(Unsendable.INCOMPLETE, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "seconds,s",
        "bytes_per_second,By/s",
        "ratio,1",
        "requests,{requests}",
        "requests_per_minute,{requests}/min",
        "'',''"
    })
    void unitsAreWrittenAsOpenTelemetryWritesThem(String word, String unit) {
        assertThat(Units.of(word)).isEqualTo(unit);
    }

    private static Sample counter(double value, int second) {
        return Samples.of(Samples.REQUESTS, "", Labels.EMPTY, value, AT.plusSeconds(second));
    }

    private List<Long> starts(Sample... samples) {
        return metrics(samples).getFirst().getSum().getDataPointsList().stream()
                .map(point -> (point.getStartTimeUnixNano() - NANOS) / 1_000_000_000)
                .toList();
    }

    private List<Metric> metrics(Sample... samples) {
        return metrics(List.of(samples));
    }

    private List<Metric> metrics(List<Sample> samples) {
        var message = Message.of(samples, streams, targets);
        assertThat(message.reasons()).isEmpty();
        return message.request().getResourceMetrics(0).getScopeMetrics(0).getMetricsList();
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        var texts = new TreeMap<String, String>();
        attributes.forEach(each -> texts.put(each.getKey(), each.getValue().getStringValue()));
        return texts;
    }
}
