package dev.binnacle.plugin.collectors.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.prometheus.engine.RealPrometheus;
import dev.binnacle.prometheus.exposition.TextWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By the same file, of the same target, Prometheus gets the same (but for bounds written as {@code le="1"}, which only Prometheus 3 and this
 * one write as {@code le="1.0"}): judged by a running one, when {@code -Dbinnacle.prometheus-binary} or
 * {@code BINNACLE_PROMETHEUS_BINARY} names it.
 */
class RealPrometheusTest {
    private static final String PAGE = """
            # HELP http_requests_total Requests.
            # TYPE http_requests_total counter
            http_requests_total{code="200",job="inner",path="/a\\\\b\\"c"} 1027
            http_requests_total{code="500"} 3.5e-7
            # TYPE waited_seconds histogram
            waited_seconds_bucket{le="0.5"} 1
            waited_seconds_bucket{le="+Inf"} 4
            waited_seconds_sum 12.25
            waited_seconds_count 4
            secret_thing 1
            other_old{instance="x",exported_instance="y"} -Inf
            twice 1
            twice 2
            empty{a="",b="c"} NaN
            """;
    private static final String RULES = """
            params: {module: [one]}
            relabel_configs:
              - {source_labels: [__param_module], target_label: module}
              - {source_labels: [__address__], regex: '(.*):.*', target_label: host}
            metric_relabel_configs:
              - {source_labels: [__name__], regex: secret.*, action: drop}
              - {source_labels: [__name__], regex: (.*)_old, target_label: __name__, replacement: '${1}_new'}
              - {source_labels: [code], modulus: 7, action: hashmod, target_label: shard}
            """;

    @TempDir
    Path folder;

    @Test
    void prometheusGetsTheSameSeriesAndValues() throws Exception {
        try (var target = FakeTarget.serving(PAGE)) {
            String config = Scraping.job(target.address(), RULES);
            try (var scraping = Scraping.of(config, folder)) {
                var ours = withoutTime(scraping.next(scrape -> "0".equals(scrape.get(report(scrape)))));
                assertThat(ours).hasSizeGreaterThan(12).isEqualTo(withoutTime(prometheus(config)));
            }
        }
    }

    /** Returns the key of what tells that the first scrape is over. */
    private static String report(Map<String, String> scrape) {
        return scrape.keySet().stream()
                .filter(key -> key.startsWith("scrape_series_added{"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> withoutTime(Map<String, String> scrape) {
        var rest = new TreeMap<>(scrape);
        rest.keySet().removeIf(key -> key.startsWith("scrape_duration_seconds"));
        return rest;
    }

    private Map<String, String> prometheus(String config) throws Exception {
        try (var prometheus = RealPrometheus.start(folder, config)) {
            return Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> shown(prometheus), shown -> "0".equals(shown.get(report(shown))));
        }
    }

    private static Map<String, String> shown(RealPrometheus prometheus) throws IOException, InterruptedException {
        var shown = new TreeMap<String, String>();
        for (JsonNode series : results(prometheus, "{job=~\".+\"}")) {
            var labels = new TreeMap<String, String>();
            series.get("metric")
                    .fields()
                    .forEachRemaining(e -> labels.put(e.getKey(), e.getValue().asText()));
            shown.put(
                    Scraping.key(labels.remove("__name__"), labels),
                    number(series.at("/value/1").asText()));
        }
        return shown;
    }

    /** Returns the results of an instant query. */
    static JsonNode results(RealPrometheus prometheus, String promql) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(prometheus.query(promql)).at("/data/result");
    }

    private static String number(String text) {
        return switch (text) {
            case "+Inf", "-Inf", "NaN" -> text;
            default -> TextWriter.number(Double.parseDouble(text));
        };
    }
}
