package dev.binnacle.insight.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.insight.query.Lines;
import dev.binnacle.insight.query.Lines.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final Map<String, String> VERSIONS = Map.of("shop/catalog-v1", "v1", "shop/catalog-v2", "v2");

    @Test
    void aServiceHasALineForAllAndOneForEachVersion() {
        var chart = chart(line("catalog-v2", 1), line("catalog-v1", 2));

        assertThat(chart.gaps()).isEmpty();
        assertThat(chart.series()).extracting(Chart.Series::name).containsExactly("all", "v1", "v2");
        assertThat(chart.series().get(1).points()).isEqualTo(Map.of(60L, 2.0));
    }

    @Test
    void oneVersionIsAll() {
        assertThat(chart(line("catalog-v1", 2)).series())
                .extracting(Chart.Series::name)
                .containsExactly("all");
    }

    @Test
    void workloadsOfOneVersionKeepTheirNames() {
        var chart = Chart.of(
                Map.of(Query.BY_WORKLOAD, drawn(line("a", 1), line("b", 1), line("unknown", 1))),
                Map.of("shop/a", "v1", "shop/b", "v1"));

        assertThat(chart.series()).extracting(Chart.Series::name).containsExactly("no workload", "shop/a", "shop/b");
    }

    @Test
    void onlyTheLargestAreDrawn() {
        var many = IntStream.range(0, 50)
                .mapToObj(i -> line("w%02d".formatted(i), i))
                .toArray(Line[]::new);

        assertThat(chart(many).series())
                .hasSize(Chart.MOST)
                .extracting(Chart.Series::name)
                .contains("all", "shop/w49", "shop/w39")
                .doesNotContain("shop/w38");
    }

    @Test
    void whatIsNoNumberIsNoPoint() {
        var chart = Chart.of(
                Map.of("p95", drawn(new Line(Map.of(), Map.of(1L, Double.NaN, 2L, 5.0, 3L, Double.POSITIVE_INFINITY)))),
                Map.of());

        assertThat(chart.series().getFirst().points()).isEqualTo(Map.of(2L, 5.0));
    }

    @Test
    void whatIsMissingIsSaid() {
        var answers = new LinkedHashMap<String, Lines>();
        answers.put("p50", new Lines.Missing("Prometheus did not answer within 5s"));
        answers.put("p95", new Lines.Drawn(List.of(new Line(Map.of(), Map.of(1L, 2.0))), List.of("a store is away")));

        var chart = Chart.of(answers, Map.of());

        assertThat(chart.gaps())
                .containsExactly(
                        "Part of the chart is not known: Prometheus did not answer within 5s",
                        "The chart may be drawn in part: a store is away");
        assertThat(chart.series()).extracting(Chart.Series::name).containsExactly("p95");
    }

    private static Chart chart(Line... byWorkload) {
        var answers = new LinkedHashMap<String, Lines>();
        answers.put(Query.ALL, drawn(new Line(Map.of(), Map.of(60L, 3.0))));
        answers.put(Query.BY_WORKLOAD, drawn(byWorkload));
        return Chart.of(answers, VERSIONS);
    }

    private static Lines drawn(Line... lines) {
        return new Lines.Drawn(List.of(lines), List.of());
    }

    private static Line line(String workload, double value) {
        return new Line(
                Map.of("destination_workload", workload, "destination_workload_namespace", "shop"), Map.of(60L, value));
    }
}
