package dev.binnacle.plugin.generator.grafana.model;

import java.util.List;

/**
 * Panels under a headline.
 *
 * @param open whether they show before somebody asks for them
 */
public record Row(String title, boolean open, List<Panel> panels) {
    public Row {
        panels = List.copyOf(panels);
    }

    /** Returns a row that shows at once. */
    public static Row of(String title, Panel... panels) {
        return new Row(title, true, List.of(panels));
    }

    /** Returns a row that shows its headline until somebody opens it. */
    public static Row folded(String title, Panel... panels) {
        return new Row(title, false, List.of(panels));
    }
}
