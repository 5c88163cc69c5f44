package dev.binnacle.plugin.generator.grafana.json;

import dev.binnacle.plugin.generator.grafana.model.Column;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import java.util.ArrayList;
import java.util.List;

/** Writes tables: the answers of several queries become rows with their labels once. */
final class TableJson {
    private TableJson() {}

    /** Adds a table's own fields. */
    static Tree complete(Tree tree, Columns table) {
        var defaults = new Tree()
                .with("noValue", "–")
                .with(
                        "custom",
                        new Tree()
                                .with("align", "auto")
                                .with("filterable", false)
                                .with("inspect", false));
        return tree.with(
                        "fieldConfig",
                        new Tree()
                                .with("defaults", defaults)
                                .with(
                                        "overrides",
                                        table.columns().stream()
                                                .map(TableJson::override)
                                                .toList()))
                .with(
                        "options",
                        new Tree()
                                .with("frameIndex", 0)
                                .with("showHeader", true)
                                .with("cellHeight", "sm")
                                .with(
                                        "sortBy",
                                        List.of(new Tree()
                                                .with(
                                                        "displayName",
                                                        table.sorting().column())
                                                .with("desc", table.sorting().descending()))))
                .with("transformations", List.of(merge(), organize(table.columns())));
    }

    private static Tree merge() {
        return new Tree().with("id", "merge").with("options", new Tree());
    }

    private static Tree organize(List<Column> columns) {
        var order = new Tree();
        var names = new Tree();
        for (int i = 0; i < columns.size(); i++) {
            String field = field(columns, i);
            order.put(field, i);
            names.put(field, columns.get(i).title());
        }
        return new Tree()
                .with("id", "organize")
                .with(
                        "options",
                        new Tree()
                                .with("excludeByName", Tree.of("Time", true))
                                .with("indexByName", order)
                                .with("renameByName", names));
    }

    /** Returns what Grafana calls the column: the label, or the value of a query, with its letter where there are several. */
    private static String field(List<Column> columns, int at) {
        if (!columns.get(at).isValue()) {
            return columns.get(at).source();
        }
        long values = columns.stream().filter(Column::isValue).count();
        long before = columns.subList(0, at).stream().filter(Column::isValue).count();
        return values == 1 ? "Value" : "Value #" + PanelJson.letter((int) before);
    }

    private static Tree override(Column column) {
        var properties = new ArrayList<Object>();
        properties.add(property("unit", column.unit().id()));
        if (!column.thresholds().isEmpty()) {
            properties.add(property("thresholds", PanelJson.thresholds(column.thresholds())));
            properties.add(property(
                    "custom.cellOptions",
                    new Tree().with("type", "color-background").with("mode", "basic")));
        }
        if (!column.links().isEmpty()) {
            properties.add(property(
                    "links",
                    column.links().stream()
                            .map(link -> new Tree().with("title", link.title()).with("url", link.url()))
                            .toList()));
        }
        return new Tree()
                .with("matcher", new Tree().with("id", "byName").with("options", column.title()))
                .with("properties", properties);
    }

    private static Tree property(String id, Object value) {
        return new Tree().with("id", id).with("value", value);
    }
}
