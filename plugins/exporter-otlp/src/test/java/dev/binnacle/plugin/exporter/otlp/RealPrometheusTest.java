package dev.binnacle.plugin.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.prometheus.engine.RealPrometheus;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is sent is what queries return: judged by a running Prometheus 3, when {@code -Dbinnacle.prometheus-binary} or {@code
 * BINNACLE_PROMETHEUS_BINARY} names one.
 */
class RealPrometheusTest {
    private final Instant start = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 60);

    @TempDir
    Path folder;

    /** What a test does with a running Prometheus and an exporter that sends to it. */
    private interface Judged {
        void run(RealPrometheus prometheus, Exporter exporter) throws Exception;
    }

    @Test
    void queriesReturnWhatWasSent() throws Exception {
        judge((prometheus, exporter) -> {
            var expected = new TreeMap<String, List<Double>>();
            for (int second = 0; second < 4; second++) {
                var batch = scrape(second);
                exporter.export(batch);
                exporter.export(batch);
                batch.stream()
                        .filter(sample -> !sample.series().name().equals("target_info"))
                        .forEach(sample -> expected.computeIfAbsent(name(sample), name -> new ArrayList<>())
                                .add(sample.value()));
            }

            var stored = new TreeMap<String, List<Double>>();
            for (var series : query(prometheus, "{job=\"shop\",__name__!=\"target_info\"}[5m]", 10)) {
                assertThat(series.at("/metric/instance").asText()).isEqualTo("127.0.0.1:8080");
                stored.put(name(series.at("/metric")), values(series));
            }
            assertThat(stored).isEqualTo(expected);
            assertThat(query(prometheus, "target_info", 3))
                    .singleElement()
                    .satisfies(
                            info -> assertThat(info.at("/metric/zone").asText()).isEqualTo("a"));
            assertThat(query(prometheus, "histogram_quantile(0.5, wait_seconds_bucket{route=\"/a\"})", 3))
                    .hasSize(1);
        });
    }

    @Test
    void streamsThatHaveEndedAreGoneAtOnce() throws Exception {
        judge((prometheus, exporter) -> {
            exporter.export(scrape(0));
            exporter.export(scrape(1).stream()
                    .map(sample -> new Sample(sample.series(), Staleness.MARKER, sample.at()))
                    .toList());

            String all = "{job=\"shop\",__name__!=\"target_info\"}";
            assertThat(query(prometheus, all, 0)).hasSize(scrape(0).size() - 1);
            assertThat(query(prometheus, all, 1)).isEmpty();
        });
    }

    @Test
    void whatPrometheusDoesNotTakeIsPermanentWithItsWords() throws Exception {
        judge((prometheus, exporter) -> {
            exporter.export(List.of(gauge(5)));
            var later = gauge(4);
            ExportException failure = null;
            try {
                exporter.export(List.of(later));
            } catch (ExportException e) {
                failure = e;
            }
            assertThat(failure).hasMessageContaining("out of order");
        });
    }

    private Sample gauge(int second) {
        return Samples.of(Samples.LEVEL, "", Samples.TARGET, second, start.plusSeconds(second));
    }

    private List<Sample> scrape(int second) {
        var at = start.plusSeconds(second);
        var target = Samples.TARGET;
        var samples = new ArrayList<Sample>();
        samples.add(Samples.of(
                new MetricFamily("target_info", MetricType.GAUGE, "", ""), "", target.with("zone", "a"), 1, at));
        double counter = second == 2 ? 1 : 100.5 + second;
        samples.add(Samples.of(Samples.REQUESTS, "", target.with("code", "200").with("Zone", "ü\n\"\\"), counter, at));
        samples.add(Samples.of(Samples.LEVEL, "", target, -0.1 - second, at));
        samples.add(Samples.of(Samples.WHATEVER, "", target.with("x_1", "y"), 1e300, at));
        samples.add(Samples.of(MetricFamily.gauge("shop:rate:5m", "", ""), "", target, second, at));
        samples.addAll(Samples.histogram(target.with("route", "/a"), 3 + second, 1.25 * second, at));
        samples.addAll(Samples.histogram(target.with("route", "/b"), 0, 0, at));
        samples.addAll(Samples.summary(target, 2.5 + second, at));
        return samples;
    }

    private void judge(Judged judged) throws Exception {
        assumeTrue(RealPrometheus.isThreeOrLater(), "this Prometheus takes no OTLP");
        var factory = new OtlpExporterFactory();
        try (var prometheus = RealPrometheus.start(folder, "", "--web.enable-otlp-receiver")) {
            try (var context = TestContext.of(factory, Map.of("url", prometheus.url("/api/v1/otlp/v1/metrics")));
                    var exporter = factory.create(context)) {
                judged.run(prometheus, exporter);
            }
        }
    }

    private JsonNode query(RealPrometheus prometheus, String promql, int second) throws Exception {
        String answer = prometheus.query(promql, start.plusSeconds(second).getEpochSecond());
        return new ObjectMapper().readTree(answer).at("/data/result");
    }

    private static String name(Sample sample) {
        var labels = sample.series().labels().toMap();
        labels.keySet().removeAll(List.of("job", "instance"));
        labels.replaceAll((name, value) -> isBound(name) ? "" + number(value) : value);
        return sample.series().name() + labels;
    }

    private static String name(JsonNode metric) {
        var labels = new TreeMap<String, String>();
        metric.properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
        String name = String.valueOf(labels.remove("__name__"));
        labels.keySet().removeAll(List.of("job", "instance"));
        labels.replaceAll((label, value) -> isBound(label) ? "" + number(value) : value);
        return name + labels;
    }

    private static boolean isBound(String label) {
        return label.equals("le") || label.equals("quantile");
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    private static List<Double> values(JsonNode series) {
        var values = new ArrayList<Double>();
        series.at("/values").forEach(point -> values.add(number(point.get(1).asText())));
        return values;
    }
}
