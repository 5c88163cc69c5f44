package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Panel;
import dev.binnacle.plugin.generator.grafana.model.Query;
import dev.binnacle.plugin.generator.grafana.model.Size;
import dev.binnacle.plugin.generator.grafana.model.Threshold;
import dev.binnacle.plugin.generator.grafana.model.Unit;
import dev.binnacle.plugin.generator.grafana.model.View;
import java.util.List;

/**
 * Panels that show one number each, beside each other.
 *
 * @param size of each
 */
record Numbers(Size size) {
    /** Six in a line. */
    static final Numbers OF_SIX = new Numbers(new Size(Size.COLUMNS / 6, 4));

    /** Four in a line. */
    static final Numbers OF_FOUR = new Numbers(new Size(Size.COLUMNS / 4, 4));

    /** Three in a line. */
    static final Numbers OF_THREE = new Numbers(new Size(Size.COLUMNS / 3, 4));

    /** Returns a panel with the latest answer to a query. */
    Panel of(String title, String description, Unit unit, List<Threshold> thresholds, String expression) {
        return new Panel(title, description, size, new View.Number(thresholds), unit, Query.of(expression));
    }
}
