package dev.binnacle.plugin.generator.grafana.json;

import dev.binnacle.plugin.generator.grafana.model.Unit;
import java.util.List;

/** Writes heatmaps of histograms whose buckets Prometheus has. */
final class HeatmapJson {
    /** A scale from dark to light that reads the same without colours. */
    private static final String SCALE = "Viridis";

    private static final double NOTHING = 1e-9;

    private HeatmapJson() {}

    /** Adds a heatmap's own fields. */
    static Tree complete(Tree tree, Unit unit) {
        return tree.with("fieldConfig", new Tree().with("defaults", new Tree()).with("overrides", List.of()))
                .with(
                        "options",
                        new Tree()
                                .with("calculate", false)
                                .with("cellGap", 1)
                                .with(
                                        "color",
                                        new Tree()
                                                .with("mode", "scheme")
                                                .with("scheme", SCALE)
                                                .with("scale", "exponential")
                                                .with("exponent", 0.5)
                                                .with("steps", 64)
                                                .with("reverse", false)
                                                .with("fill", "dark-orange"))
                                .with("exemplars", Tree.of("color", "rgba(255,0,255,0.7)"))
                                .with("filterValues", Tree.of("le", NOTHING))
                                .with("legend", Tree.of("show", true))
                                .with("rowsFrame", Tree.of("layout", "auto"))
                                .with("showValue", "never")
                                .with(
                                        "tooltip",
                                        new Tree()
                                                .with("mode", "single")
                                                .with("yHistogram", false)
                                                .with("showColorScale", true))
                                .with(
                                        "yAxis",
                                        new Tree()
                                                .with("axisPlacement", "left")
                                                .with("reverse", false)
                                                .with("unit", unit.id())));
    }
}
