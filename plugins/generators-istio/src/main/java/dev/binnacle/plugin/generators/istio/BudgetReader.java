package dev.binnacle.plugin.generators.istio;

import dev.binnacle.mesh.cel.CelExpression;
import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.StandardLabels;
import dev.binnacle.plugin.generators.istio.Wanted.MetricsBudget;
import dev.binnacle.plugin.generators.istio.Wanted.Source;
import dev.binnacle.prometheus.config.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a budget of metrics. */
final class BudgetReader {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int MOST_OUTCOMES = 1000;

    private BudgetReader() {}

    static MetricsBudget read(Source source, Section spec) {
        long series = spec.number("series", 0);
        if (series == 0) {
            spec.problem("series", "how many series there may be is not said. Write series: 5000");
        }
        return new MetricsBudget(source, series, outcomes(spec), keep(spec), tags(spec));
    }

    private static int outcomes(Section spec) {
        long outcomes = spec.number("outcomes", 3);
        if (outcomes < 1 || outcomes > MOST_OUTCOMES) {
            spec.problem("outcomes", "an edge has between 1 and " + MOST_OUTCOMES + " of them. Write 3");
        }
        return (int) Math.clamp(outcomes, 1, MOST_OUTCOMES);
    }

    private static List<String> keep(Section spec) {
        var known = Stream.concat(
                        StandardLabels.IN_ORDER.stream(),
                        Arrays.stream(Metric.values()).map(Metric::series))
                .toList();
        var keep = spec.texts("keep");
        keep.stream()
                .filter(each -> !known.contains(each))
                .forEach(each -> spec.problem(
                        "keep",
                        "'" + each + "' is neither one of Istio's metrics nor a label of them. Write such as"
                                + " istio_request_bytes or response_flags"));
        return keep;
    }

    private static Map<String, String> tags(Section spec) {
        var section = spec.section("tags");
        var tags = new TreeMap<String, String>();
        section.map().forEach((label, expression) -> {
            tags.put(label, expression);
            if (!LABEL.matcher(label).matches() || StandardLabels.IN_ORDER.contains(label) || label.startsWith("__")) {
                section.problem(label, "is no label that can be added. Write a new one of letters, digits and _");
            }
            var read = CelExpression.read(expression);
            read.problem().ifPresent(why -> section.problem(label, "cannot be evaluated: " + why));
            if (read.expression().isPresent()
                    && CelExpression.choices(expression).isEmpty()) {
                section.problem(
                        label,
                        "the label would explode: "
                                + read.expression().get().unbounded().orElse("what it passes on")
                                + " has as many values as callers like. Write an expression with texts of its own, such as"
                                + " \"request.method == 'GET' ? 'read' : 'write'\"");
            }
        });
        return tags;
    }
}
