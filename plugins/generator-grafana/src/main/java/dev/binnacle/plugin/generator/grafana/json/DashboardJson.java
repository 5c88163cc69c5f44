package dev.binnacle.plugin.generator.grafana.json;

import dev.binnacle.plugin.generator.grafana.model.Dashboard;
import dev.binnacle.plugin.generator.grafana.model.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes dashboards as Grafana reads them.
 *
 * @param tag what all of them have in common; by it they link to each other
 * @param refresh pause between two looks, such as {@code 30s}
 * @param span how far they look back, such as {@code 1h}
 * @param made who made them; stands in the description, because JSON has no comments
 */
public record DashboardJson(String tag, String refresh, String span, String made) {
    /** The version of Grafana 10.4 and 11.0: later ones read it, too. */
    private static final int SCHEMA = 39;

    /** Crosshairs are shared by all panels. */
    private static final int SHARED_CROSSHAIR = 1;

    /** Returns a dashboard as JSON. */
    public String text(Dashboard dashboard) {
        return JsonText.of(new Tree()
                .with("description", dashboard.description() + " " + made)
                .with("uid", dashboard.uid())
                .with("title", dashboard.title())
                .with("tags", List.of(tag))
                .with("schemaVersion", SCHEMA)
                .with("editable", false)
                .with("graphTooltip", SHARED_CROSSHAIR)
                .with("timezone", "browser")
                .with("time", new Tree().with("from", "now-" + span).with("to", "now"))
                .with("refresh", refresh)
                .with("timepicker", new Tree())
                .with("annotations", Tree.of("list", List.of()))
                .with(
                        "templating",
                        Tree.of(
                                "list",
                                dashboard.variables().stream()
                                        .map(VariableJson::of)
                                        .toList()))
                .with("links", List.of(others()))
                .with("panels", panels(dashboard.rows())));
    }

    /** Links to all dashboards with the tag, which get the variables and the time span of this one. */
    private Tree others() {
        return new Tree()
                .with("type", "dashboards")
                .with("title", "Dashboards")
                .with("tags", List.of(tag))
                .with("asDropdown", false)
                .with("includeVars", true)
                .with("keepTime", true)
                .with("targetBlank", false)
                .with("icon", "external link")
                .with("tooltip", "")
                .with("url", "");
    }

    private static List<Object> panels(List<Row> rows) {
        var all = new ArrayList<Object>();
        var layout = new Layout();
        var ids = new Ids();
        for (Row row : rows) {
            var headline = new Tree()
                    .with("id", ids.next())
                    .with("type", "row")
                    .with("title", row.title())
                    .with("collapsed", !row.open())
                    .with("gridPos", layout.headline());
            var panels = layout.place(row.panels()).stream()
                    .map(placed -> (Object) PanelJson.of(placed, ids.next()))
                    .toList();
            // A folded row holds its panels; an open one is followed by them.
            all.add(headline.with("panels", row.open() ? List.of() : panels));
            if (row.open()) {
                all.addAll(panels);
            }
        }
        return all;
    }

    /** Numbers panels from 1. */
    private static final class Ids {
        private int last;

        int next() {
            last++;
            return last;
        }
    }
}
