package dev.binnacle.plugin.generator.grafana.json;

import dev.binnacle.plugin.generator.grafana.model.Panel;
import dev.binnacle.plugin.generator.grafana.model.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Places panels one after the other, and below when there is no room beside. */
final class Layout {
    private int x;
    private int y;
    private int lineHeight;

    /** A panel and where it is. */
    record Placed(Panel panel, Map<String, Object> position) {}

    /** Returns where a row's headline is, and goes on below it. */
    Map<String, Object> headline() {
        nextLine();
        var position = position(new Size(Size.COLUMNS, 1));
        y++;
        return position;
    }

    /** Returns where each panel is. */
    List<Placed> place(List<Panel> panels) {
        var placed = new ArrayList<Placed>();
        for (Panel panel : panels) {
            if (x + panel.size().width() > Size.COLUMNS) {
                nextLine();
            }
            placed.add(new Placed(panel, position(panel.size())));
            x += panel.size().width();
            lineHeight = Math.max(lineHeight, panel.size().height());
        }
        nextLine();
        return placed;
    }

    private void nextLine() {
        x = 0;
        y += lineHeight;
        lineHeight = 0;
    }

    private Map<String, Object> position(Size size) {
        var position = new Tree();
        position.put("h", size.height());
        position.put("w", size.width());
        position.put("x", x);
        position.put("y", y);
        return position;
    }
}
