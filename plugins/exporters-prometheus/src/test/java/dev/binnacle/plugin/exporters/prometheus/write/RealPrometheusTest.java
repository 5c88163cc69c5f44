package dev.binnacle.plugin.exporters.prometheus.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.prometheus.engine.RealPrometheus;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written is what queries return: judged by a running Prometheus, when {@code -Dbinnacle.prometheus-binary} or {@code
 * BINNACLE_PROMETHEUS_BINARY} names one.
 */
class RealPrometheusTest {
    private static final MetricFamily VALUES = MetricFamily.gauge("written_values", "", "Some values");
    private static final List<Double> KINDS = List.of(
            0.0,
            -0.0,
            0.1 + 0.2,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            9_007_199_254_740_993.0);
    private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private final Instant start = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 60);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "auto"})
    void queriesReturnWhatWasWritten(String version) throws Exception {
        try (var prometheus = RealPrometheus.start(folder, "", "--web.enable-remote-write-receiver");
                var context = context(prometheus, version);
                var exporter = new RemoteWriteExporterFactory().create(context)) {
            var series = IntStream.range(0, KINDS.size())
                    .mapToObj(i -> new Series(VALUES, "", Labels.of("kind", "" + i, "Zone", "ü\n\"\\", "_x", "y")))
                    .toList();
            for (int second = 0; second < 5; second++) {
                exporter.export(at(series, second, KINDS));
            }

            for (int i = 0; i < KINDS.size(); i++) {
                var result = query(prometheus, "written_values{kind=\"" + i + "\"}[5m]", seconds(10));
                assertThat(result).hasSize(1);
                assertThat(result.get(0).at("/metric").toString())
                        .isEqualTo("{\"Zone\":\"ü\\n\\\"\\\\\",\"__name__\":\"written_values\",\"_x\":\"y\",\"kind\":\""
                                + i + "\"}");
                assertThat(points(result.get(0))).isEqualTo(expected(KINDS.get(i)));
            }
        }
    }

    @Test
    void aStaleSeriesIsGoneAtOnceAndOneThatIsNotANumberIsNot() throws Exception {
        try (var prometheus = RealPrometheus.start(folder, "", "--web.enable-remote-write-receiver");
                var context = context(prometheus, "auto");
                var exporter = new RemoteWriteExporterFactory().create(context)) {
            var series = List.of(
                    new Series(VALUES, "", Labels.of("kind", "stale")),
                    new Series(VALUES, "", Labels.of("kind", "nan")));
            exporter.export(at(series, 0, List.of(1.0, 1.0)));
            exporter.export(at(series, 1, List.of(STALE, Double.NaN)));

            assertThat(query(prometheus, "written_values", seconds(0))).hasSize(2);
            assertThat(query(prometheus, "written_values", seconds(1)))
                    .singleElement()
                    .satisfies(result ->
                            assertThat(result.at("/metric/kind").asText()).isEqualTo("nan"));
        }
    }

    @Test
    void whatPrometheusRefusesIsPermanentAndCountedAsItSays() throws Exception {
        try (var prometheus = RealPrometheus.start(folder, "", "--web.enable-remote-write-receiver");
                var context = context(prometheus, "auto");
                var exporter = new RemoteWriteExporterFactory().create(context)) {
            var series = List.of(
                    new Series(VALUES, "", Labels.of("kind", "old")), new Series(VALUES, "", Labels.of("kind", "new")));
            exporter.export(at(series.subList(0, 1), 5, List.of(1.0)));

            var failure = refusal(exporter, at(series, 4, List.of(2.0, 2.0)));
            assertThat(failure).hasMessageContaining("out of order");
            // 1.0 rolls the whole request back, 2.0 keeps what it could write.
            boolean two = prometheus.isThreeOrLater();
            assertThat(failure.refusedOf(2)).isEqualTo(two ? 1 : 2);
            assertThat(query(prometheus, "written_values{kind=\"new\"}", seconds(5)))
                    .hasSize(two ? 1 : 0);
        }
    }

    private static JsonNode query(RealPrometheus prometheus, String promql, double at) throws Exception {
        return new ObjectMapper().readTree(prometheus.query(promql, at)).at("/data/result");
    }

    private static ExportException refusal(Exporter exporter, List<Sample> batch) {
        return catchThrowableOfType(ExportException.class, () -> exporter.export(batch));
    }

    private static TestContext context(RealPrometheus prometheus, String version) throws Exception {
        return TestContext.of(
                new RemoteWriteExporterFactory(), Map.of("url", prometheus.url("/api/v1/write"), "version", version));
    }

    private List<Sample> at(List<Series> series, int second, List<Double> values) {
        var at = start.plusSeconds(second);
        return IntStream.range(0, series.size())
                .mapToObj(i -> new Sample(series.get(i), values.get(i), at))
                .toList();
    }

    private List<String> expected(double value) {
        return IntStream.range(0, 5).mapToObj(i -> seconds(i) + " " + value).toList();
    }

    private List<String> points(JsonNode series) {
        var points = new ArrayList<String>();
        for (var point : series.at("/values")) {
            points.add(point.get(0).asDouble() + " "
                    + Double.parseDouble(point.get(1).asText().replace("Inf", "Infinity")));
        }
        return points;
    }

    private double seconds(int after) {
        return start.plusSeconds(after).getEpochSecond();
    }
}
