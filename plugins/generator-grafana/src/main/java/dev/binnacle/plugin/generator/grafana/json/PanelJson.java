package dev.binnacle.plugin.generator.grafana.json;

import dev.binnacle.plugin.generator.grafana.model.Needs;
import dev.binnacle.plugin.generator.grafana.model.Panel;
import dev.binnacle.plugin.generator.grafana.model.Query;
import dev.binnacle.plugin.generator.grafana.model.Threshold;
import dev.binnacle.plugin.generator.grafana.model.Tone;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import dev.binnacle.plugin.generator.grafana.model.View.Heat;
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import dev.binnacle.plugin.generator.grafana.model.View.Number;
import dev.binnacle.plugin.generator.grafana.model.View.Stacking;
import java.util.ArrayList;
import java.util.List;

/** Writes panels: what they have in common here, the kinds' own fields in a method each. */
final class PanelJson {
    /** How a query's answer is wanted. */
    private enum Answer {
        SERIES("time_series", false),
        LATEST("time_series", true),
        ROWS("table", true),
        BUCKETS("heatmap", false);

        private final String format;
        private final boolean instant;

        Answer(String format, boolean instant) {
            this.format = format;
            this.instant = instant;
        }
    }

    private PanelJson() {}

    static Tree of(Layout.Placed placed, int id) {
        Panel panel = placed.panel();
        var tree = new Tree()
                .with("id", id)
                .with("type", type(panel))
                .with("title", panel.title())
                .with("description", description(panel))
                .with("gridPos", placed.position())
                .with("datasource", VariableJson.DATA_SOURCE);
        return switch (panel.view()) {
            case Lines lines -> lines(tree, panel, lines);
            case Number number -> number(tree, panel, number);
            case Columns columns -> TableJson.complete(tree.with("targets", targets(panel, Answer.ROWS)), columns);
            case Heat heat -> HeatmapJson.complete(tree.with("targets", targets(panel, Answer.BUCKETS)), panel.unit());
        };
    }

    private static String type(Panel panel) {
        return switch (panel.view()) {
            case Lines lines -> "timeseries";
            case Number number -> "stat";
            case Columns columns -> "table";
            case Heat heat -> "heatmap";
        };
    }

    private static String description(Panel panel) {
        return panel.needs() == Needs.TRAFFIC
                ? panel.description()
                : panel.description() + "\n\n" + panel.needs().reason();
    }

    private static Tree lines(Tree tree, Panel panel, Lines lines) {
        boolean stacked = lines.stacking() == Stacking.SUM;
        var custom = new Tree()
                .with("drawStyle", "line")
                .with("lineWidth", 1)
                .with("fillOpacity", stacked ? 60 : 8)
                .with("showPoints", "never")
                .with("axisSoftMin", 0)
                .with("stacking", new Tree().with("group", "A").with("mode", stacked ? "normal" : "none"))
                .with("thresholdsStyle", Tree.of("mode", lines.limits().isEmpty() ? "off" : "dashed"));
        var defaults = new Tree()
                .with("unit", panel.unit().id())
                .with("color", Tree.of("mode", "palette-classic"))
                .with("custom", custom);
        if (!lines.limits().isEmpty()) {
            defaults.with("thresholds", thresholds(lines.limits()));
        }
        return tree.with("targets", targets(panel, Answer.SERIES))
                .with("fieldConfig", new Tree().with("defaults", defaults).with("overrides", tones(panel)))
                .with(
                        "options",
                        new Tree()
                                .with(
                                        "legend",
                                        new Tree()
                                                .with("displayMode", "list")
                                                .with("placement", "bottom")
                                                .with("showLegend", true)
                                                .with("calcs", List.of()))
                                .with(
                                        "tooltip",
                                        new Tree().with("mode", "multi").with("sort", "desc")));
    }

    private static Tree number(Tree tree, Panel panel, Number number) {
        var defaults = new Tree()
                .with("unit", panel.unit().id())
                .with("color", Tree.of("mode", "thresholds"))
                .with("noValue", "–")
                .with("thresholds", thresholds(number.thresholds()));
        return tree.with("targets", targets(panel, Answer.LATEST))
                .with("fieldConfig", new Tree().with("defaults", defaults).with("overrides", List.of()))
                .with(
                        "options",
                        new Tree()
                                .with("colorMode", "background")
                                .with("graphMode", "none")
                                .with("justifyMode", "auto")
                                .with("orientation", "auto")
                                .with("textMode", panel.queries().size() > 1 ? "value_and_name" : "value")
                                .with("wideLayout", true)
                                .with("showPercentChange", false)
                                .with("percentChangeColorMode", "standard")
                                .with(
                                        "reduceOptions",
                                        new Tree()
                                                .with("calcs", List.of("lastNotNull"))
                                                .with("fields", "")
                                                .with("values", false)));
    }

    /** Returns the colours of queries that mean something. */
    private static List<Object> tones(Panel panel) {
        var overrides = new ArrayList<Object>();
        for (int i = 0; i < panel.queries().size(); i++) {
            Tone tone = panel.queries().get(i).tone();
            if (tone != Tone.PALETTE) {
                overrides.add(new Tree()
                        .with("matcher", new Tree().with("id", "byFrameRefID").with("options", letter(i)))
                        .with(
                                "properties",
                                List.of(new Tree()
                                        .with("id", "color")
                                        .with(
                                                "value",
                                                new Tree().with("mode", "fixed").with("fixedColor", tone.hex())))));
            }
        }
        return overrides;
    }

    static Tree thresholds(List<Threshold> thresholds) {
        return new Tree()
                .with("mode", "absolute")
                .with(
                        "steps",
                        thresholds.stream()
                                .map(step -> new Tree()
                                        .with(
                                                "value",
                                                Double.isInfinite(step.from())
                                                        ? JsonText.Nothing.NOTHING
                                                        : (Object) step.from())
                                        .with("color", step.tone().hex()))
                                .toList());
    }

    private static List<Object> targets(Panel panel, Answer answer) {
        var targets = new ArrayList<Object>();
        for (int i = 0; i < panel.queries().size(); i++) {
            Query query = panel.queries().get(i);
            targets.add(new Tree()
                    .with("refId", letter(i))
                    .with("datasource", VariableJson.DATA_SOURCE)
                    .with("expr", query.expression())
                    .with("legendFormat", query.legend())
                    .with("format", answer.format)
                    .with("instant", answer.instant)
                    .with("range", !answer.instant)
                    .with("editorMode", "code"));
        }
        return targets;
    }

    /** Returns the name of a panel's query by its number. */
    static String letter(int number) {
        return String.valueOf((char) ('A' + number));
    }
}
