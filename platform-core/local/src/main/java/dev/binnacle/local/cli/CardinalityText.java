package dev.binnacle.local.cli;

import dev.binnacle.mesh.cardinality.CardinalityReport;
import dev.binnacle.mesh.cardinality.LabelCosts.Cost;
import dev.binnacle.mesh.ir.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code cardinality} prints. */
record CardinalityText(
        CardinalityReport report,
        boolean observed,
        @Nullable Long budget) {
    private static final String ROW = "%-40s %10s %10s %11s";

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                observed
                        ? "series of Istio's metrics, for the traffic that Prometheus has seen"
                        : "series of Istio's metrics, if every proxy calls every service it may");
        lines.add("");
        lines.add(ROW.formatted("METRIC", "NOW", "THEN", "DIFFERENCE"));
        metrics()
                .forEach(metric -> lines.add(row(
                        metric.series(), report.now().of(metric), report.then().of(metric))));
        lines.add(row("all", report.now().total(), report.then().total()));
        lines.add("");
        lines.add("%-40s %10s".formatted("WITHOUT", "FEWER"));
        report.costs().stream()
                .filter(cost -> cost.saved() > 0)
                .forEach(cost -> lines.add("%-40s %10d".formatted(cost.name(), cost.saved())));
        lines.add("nothing by themselves: " + free());
        lines.addAll(remarks());
        return lines;
    }

    private List<Metric> metrics() {
        return Arrays.stream(Metric.values())
                .filter(metric -> report.now().of(metric) + report.then().of(metric) > 0)
                .toList();
    }

    private static String row(String name, long now, long then) {
        return ROW.formatted(name, now, then, then == now ? "" : "%+d".formatted(then - now));
    }

    private String free() {
        return report.costs().stream()
                .filter(cost -> cost.saved() == 0)
                .map(Cost::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (!report.then().unknown().isEmpty()) {
            remarks.add(
                    "any number of values: " + String.join(", ", report.then().unknown())
                            + ". Counted as one: say how many by --values LABEL=N");
        }
        if (report.then().total() < report.now().total()) {
            remarks.add("Envoy keeps what it has counted until the pod is restarted: until then both are there.");
        }
        if (budget != null) {
            remarks.add(
                    report.isWithin(budget)
                            ? "within the budget of " + budget
                            : "above the budget of " + budget
                                    + (report.then().total() > budget
                                            ? " by " + (report.then().total() - budget)
                                            : ": nobody knows by how much"));
        }
        if (!remarks.isEmpty()) {
            remarks.addFirst("");
        }
        return remarks;
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("observed", observed);
        json.put("now", report.now().total());
        json.put("then", report.then().total());
        json.put(
                "metrics",
                metrics().stream()
                        .map(metric -> Map.of(
                                "name", metric.series(),
                                "now", report.now().of(metric),
                                "then", report.then().of(metric)))
                        .toList());
        json.put("costs", report.costs());
        json.put("unknown", report.then().unknown());
        if (budget != null) {
            json.put("budget", budget);
            json.put("within", report.isWithin(budget));
        }
        return json;
    }
}
