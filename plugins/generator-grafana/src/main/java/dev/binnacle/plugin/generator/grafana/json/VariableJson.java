package dev.binnacle.plugin.generator.grafana.json;

import dev.binnacle.plugin.generator.grafana.model.Variable;
import dev.binnacle.plugin.generator.grafana.model.Variable.Choice;
import dev.binnacle.plugin.generator.grafana.model.Variable.Fixed;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.Variable.Option;
import dev.binnacle.plugin.generator.grafana.model.Variable.Source;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what a dashboard's reader chooses. */
final class VariableJson {
    /** Where panels and variables look: the Prometheus that the reader has chosen. */
    static final Tree DATA_SOURCE = new Tree().with("type", "prometheus").with("uid", "${datasource}");

    private static final int AT_LOAD = 1;
    private static final int AT_TIME_CHANGE = 2;
    private static final int ASCENDING = 1;
    private static final int DESCENDING = 2;
    private static final int LABEL_VALUES = 1;

    /** Queries hold values between back quotes, see {@link Variable.Matching#in}: one that has some is not offered. */
    private static final String WITHOUT_BACK_QUOTES = "/^[^`]*$/";

    /** Also what has no such label; Grafana writes it as it stands here. */
    private static final String EVERYTHING = ".*";

    private VariableJson() {}

    static Tree of(Variable variable) {
        return switch (variable) {
            case Source source ->
                begin(source, "datasource")
                        .with("query", "prometheus")
                        .with("refresh", AT_LOAD)
                        .with("regex", "")
                        .with("multi", false)
                        .with("includeAll", false)
                        .with("options", List.of());
            case LabelValues values -> labelValues(values);
            case Fixed fixed -> fixed(fixed);
        };
    }

    private static Tree labelValues(LabelValues values) {
        boolean all = values.choice() == Choice.ALL;
        var tree = begin(values, "query")
                .with("datasource", DATA_SOURCE)
                .with("definition", values.query())
                .with(
                        "query",
                        new Tree()
                                .with("qryType", LABEL_VALUES)
                                .with("query", values.query())
                                .with("refId", "PrometheusVariableQueryEditor-VariableQuery"))
                .with("refresh", AT_TIME_CHANGE)
                .with("regex", WITHOUT_BACK_QUOTES)
                .with("sort", values.choice() == Choice.LAST ? DESCENDING : ASCENDING)
                .with("multi", false)
                .with("includeAll", all);
        if (all) {
            tree.with("allValue", EVERYTHING)
                    .with(
                            "current",
                            new Tree()
                                    .with("selected", true)
                                    .with("text", "All")
                                    .with("value", "$__all"));
        }
        return tree.with("options", List.of());
    }

    private static Tree fixed(Fixed fixed) {
        String query = fixed.options().stream()
                .map(option -> option.text() + " : " + option.value())
                .collect(Collectors.joining(", "));
        return begin(fixed, "custom")
                .with("query", query)
                .with("multi", false)
                .with("includeAll", false)
                .with("current", option(fixed.options().getFirst(), true))
                .with(
                        "options",
                        fixed.options().stream()
                                .map(option -> option(
                                        option, option.equals(fixed.options().getFirst())))
                                .toList());
    }

    private static Tree option(Option option, boolean selected) {
        return new Tree().with("selected", selected).with("text", option.text()).with("value", option.value());
    }

    private static Tree begin(Variable variable, String type) {
        return new Tree()
                .with("name", variable.name())
                .with("label", variable.label())
                .with("type", type)
                .with("hide", 0)
                .with("skipUrlSync", false);
    }
}
