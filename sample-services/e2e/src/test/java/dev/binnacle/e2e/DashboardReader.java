package dev.binnacle.e2e;

import dev.binnacle.plugin.generator.grafana.Interpolation;
import dev.binnacle.plugin.generator.grafana.model.Column;
import dev.binnacle.plugin.generator.grafana.model.Dashboard;
import dev.binnacle.plugin.generator.grafana.model.Needs;
import dev.binnacle.plugin.generator.grafana.model.Panel;
import dev.binnacle.plugin.generator.grafana.model.Query;
import dev.binnacle.plugin.generator.grafana.model.Unit;
import dev.binnacle.plugin.generator.grafana.model.Variable;
import dev.binnacle.plugin.generator.grafana.model.Variable.Choice;
import dev.binnacle.plugin.generator.grafana.model.Variable.Fixed;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.Variable.Option;
import dev.binnacle.plugin.generator.grafana.model.Variable.Source;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Somebody who opens a dashboard and tries every choice until each panel has shown something. */
record DashboardReader(Dashboard dashboard, Prometheus prometheus) {
    /** Returns what is wrong: queries without an answer for any choice, and shares that are none. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        var choices = choices();
        if (choices.isEmpty()) {
            problems.add("a variable has no values");
        }
        for (Panel panel : dashboard.panels()) {
            for (int i = 0; i < panel.queries().size(); i++) {
                problem(panel, panel.queries().get(i), unit(panel, i), choices).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private Optional<String> problem(Panel panel, Query query, Unit unit, List<Map<String, String>> choices) {
        for (var choice : choices) {
            String asked = Interpolation.of(query.expression(), choice);
            var values = prometheus.values(asked);
            if (values.isEmpty()) {
                continue;
            }
            boolean fits = unit != Unit.SHARE || values.stream().allMatch(value -> value >= 0 && value <= 1);
            return fits ? Optional.empty() : Optional.of(panel.title() + ": " + values + " of " + asked);
        }
        boolean mayBeEmpty = panel.needs() != Needs.TRAFFIC && panel.needs() != Needs.TCP;
        return mayBeEmpty ? Optional.empty() : Optional.of(panel.title() + " is empty: " + query.expression());
    }

    private static Unit unit(Panel panel, int query) {
        return panel.view() instanceof Columns table
                ? table.columns().stream()
                        .filter(Column::isValue)
                        .toList()
                        .get(query)
                        .unit()
                : panel.unit();
    }

    /** Returns every combination of values, each found by its variable's own query. */
    private List<Map<String, String>> choices() {
        List<Map<String, String>> choices = List.of(Map.of());
        for (Variable variable : dashboard.variables()) {
            choices = choices.stream()
                    .flatMap(before -> values(variable, before).map(value -> {
                        var with = new HashMap<>(before);
                        with.put(variable.name(), value);
                        return Map.copyOf(with);
                    }))
                    .toList();
        }
        return choices;
    }

    private Stream<String> values(Variable variable, Map<String, String> before) {
        return switch (variable) {
            case Source source -> Stream.of("prometheus");
            case Fixed fixed -> fixed.options().stream().map(Option::value);
            case LabelValues values -> {
                var found = prometheus.labelValues(values.source(), Interpolation.of(values.series(), before));
                yield values.choice() == Choice.ALL
                        ? Stream.concat(Stream.of(Interpolation.ALL), found.stream())
                        : found.stream();
            }
        };
    }
}
