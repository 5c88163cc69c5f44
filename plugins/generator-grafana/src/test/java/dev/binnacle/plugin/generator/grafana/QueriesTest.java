package dev.binnacle.plugin.generator.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugin.generator.grafana.board.Board;
import dev.binnacle.plugin.generator.grafana.board.Names;
import dev.binnacle.plugin.generator.grafana.model.Dashboard;
import dev.binnacle.plugin.generator.grafana.model.Panel;
import dev.binnacle.plugin.generator.grafana.model.Query;
import dev.binnacle.plugin.generator.grafana.model.Variable;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.prometheus.engine.RealPrometheus;
import dev.binnacle.prometheus.promql.MetricNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueriesTest {
    private static final List<Dashboard> DASHBOARDS = Board.all().stream()
            .map(board -> board.make(new Names("binnacle", "5m")))
            .toList();

    @Test
    void prometheusUnderstandsEveryQuery(@TempDir Path folder) throws Exception {
        try (var prometheus = RealPrometheus.start(folder, "scrape_configs: []\n")) {
            for (var dashboard : DASHBOARDS) {
                var values = dashboard.variables().stream()
                        .collect(Collectors.toMap(Variable::name, variable -> "a \"value\" of " + variable.name()));
                for (var panel : dashboard.panels()) {
                    for (var query : panel.queries()) {
                        assertThat(prometheus.query(Interpolation.of(query.expression(), values)))
                                .as("%s, %s: %s", dashboard.title(), panel.title(), query.expression())
                                .startsWith("{\"status\":\"success\"");
                    }
                }
            }
        }
    }

    /** What is recorded is asked for, and what is asked for under such a name is recorded. */
    @Test
    void whatIsCalledARecordedSeriesIsOne() throws Exception {
        var recorded = new TreeSet<String>();
        for (String file : List.of("mesh-recording.yml", "slo.yml")) {
            Files.readString(Path.of("../../prometheus/rules", file))
                    .lines()
                    .filter(line -> line.contains("- record: "))
                    .forEach(line -> recorded.add(line.replace("- record: ", "").strip()));
        }

        assertThat(metrics()).filteredOn(name -> name.contains(":")).isSubsetOf(recorded);
    }

    /** A list of allowed metrics is computed from the panels; what variables need has to be on it. */
    @Test
    void variablesAskForNothingThatNoPanelAsksFor() {
        var ofVariables = new TreeSet<String>();
        DASHBOARDS.stream()
                .flatMap(dashboard -> dashboard.variables().stream())
                .filter(LabelValues.class::isInstance)
                .map(LabelValues.class::cast)
                .forEach(values -> ofVariables.addAll(MetricNames.of(values.series())));

        assertThat(ofVariables).isNotEmpty().isSubsetOf(metrics());
    }

    /** Facts F4: the same request is counted on both sides. */
    @Test
    void everyQueryAboutRequestsPicksAReporter() {
        assertThat(DASHBOARDS.stream().flatMap(dashboard -> dashboard.panels().stream()))
                .flatExtracting(Panel::queries)
                .extracting(Query::expression)
                .filteredOn(
                        expression -> expression.matches("(?s).*\\b(workload|service):istio_.*|(?s).*istio_requests.*"))
                .isNotEmpty()
                .allMatch(expression -> expression.contains("reporter=\"source\"")
                        || expression.contains("reporter=\"destination\"")
                        || expression.contains("reporter=~`${reporter:regex}`"));
    }

    /** Facts F5. */
    @Test
    void noRateIsTakenOfASum() {
        assertThat(DASHBOARDS.stream().flatMap(dashboard -> dashboard.panels().stream()))
                .flatExtracting(Panel::queries)
                .extracting(Query::expression)
                .noneMatch(expression -> expression.matches("(?s).*(rate|increase)\\((sum|workload:|service:).*"));
    }

    private static TreeSet<String> metrics() {
        var names = new TreeSet<String>();
        DASHBOARDS.stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .forEach(query -> names.addAll(MetricNames.of(query.expression())));
        return names;
    }
}
