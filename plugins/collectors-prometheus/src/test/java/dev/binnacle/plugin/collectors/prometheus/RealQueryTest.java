package dev.binnacle.plugin.collectors.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.engine.RealPrometheus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running Prometheus answers is what passes, or is refused for what it is. */
class RealQueryTest {
    private static final String PAGE = """
            # TYPE requests_total counter
            requests_total{app="a",pod="a-1",path="/\\\\\\"\\n"} 3
            requests_total{app="a",pod="a-2"} 4.5e-7
            requests_total{app="b"} +Inf
            odd{kind="nan"} NaN
            odd{kind="minus"} -0
            """;
    private static final String QUERIES = """
            - {name: per_app, expr: sum by (app) (requests_total), labels: {cluster: here}}
            - {name: federated, expr: '{__name__=~"requests_total|odd|up"}', keep_names: true, keep: [app, pod, path, kind]}
            - {name: number, expr: scalar(count(requests_total)) / 0}
            - {name: nothing, expr: absent_from_here}
            - {name: narrow, expr: requests_total, keep: [app]}
            - {name: matrix, expr: 'requests_total[1m]'}
            - {name: text, expr: '"text"'}
            - {name: broken, expr: sum(requests_total}
            - {name: many_to_many, expr: 'requests_total * on (app) requests_total'}
            - {name: remarked, expr: 'rate(odd[1m])'}
            """;

    @TempDir
    Path folder;

    @Test
    void whatPrometheusAnswersPasses() throws Exception {
        try (var target = FakeTarget.serving(PAGE);
                var prometheus = RealPrometheus.start(folder, Scraping.job(target.address(), ""))) {
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> RealPrometheusTest.results(prometheus, "count_over_time(odd[1m]) > 1")
                                    .size()
                            == 2);
            try (var queries = Queries.of(Queries.file(folder, prometheus.address(), QUERIES))) {
                var values = queries.collect(Instant.now());

                assertThat(values)
                        .containsEntry("per_app{app=\"a\",cluster=\"here\"}", 3 + 4.5e-7)
                        .containsEntry("per_app{app=\"b\",cluster=\"here\"}", Double.POSITIVE_INFINITY)
                        .containsEntry("requests_total{app=\"a\",path=\"/\\\"\n\",pod=\"a-1\"}", 3.0)
                        .containsEntry("odd{kind=\"nan\"}", Double.NaN)
                        .containsEntry("odd{kind=\"minus\"}", -0.0)
                        .containsEntry("up{}", 1.0)
                        .containsEntry("number{}", Double.POSITIVE_INFINITY)
                        .containsEntry(
                                "binnacle_query_remarks{query=\"remarked\"}",
                                RealPrometheus.isThreeOrLater() ? 1.0 : 0.0);
                assertThat(ups(values))
                        .isEqualTo(Map.of(
                                "per_app", 1.0,
                                "federated", 1.0,
                                "number", 1.0,
                                "nothing", 1.0,
                                "narrow", 0.0,
                                "matrix", 0.0,
                                "text", 0.0,
                                "broken", 0.0,
                                "many_to_many", 0.0,
                                "remarked", 1.0));
            }
        }
    }

    private static Map<String, Double> ups(Map<String, Double> values) {
        var ups = new LinkedHashMap<String, Double>();
        values.forEach((series, value) -> {
            if (series.startsWith("binnacle_query_up")) {
                ups.put(series.replaceAll(".*query=\"|\".*", ""), value);
            }
        });
        return ups;
    }
}
