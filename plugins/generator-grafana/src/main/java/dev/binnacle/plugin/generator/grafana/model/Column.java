package dev.binnacle.plugin.generator.grafana.model;

import java.util.List;

/**
 * A column of a table.
 *
 * @param source the label it shows, or {@link #VALUE} for what the query of this column's number among the value columns answers
 * @param title what stands above it
 * @param thresholds its colours; none for a plain column
 * @param links where a click leads
 */
public record Column(String source, String title, Unit unit, List<Threshold> thresholds, List<Link> links) {
    /** The source of a column that shows a query's values. */
    public static final String VALUE = "";

    public Column {
        thresholds = List.copyOf(thresholds);
        links = List.copyOf(links);
    }

    /** Returns a column of a label's values. */
    public static Column label(String label, String title, Link... links) {
        return new Column(label, title, Unit.TEXT, List.of(), List.of(links));
    }

    /** Returns a column of a query's values. */
    public static Column value(String title, Unit unit) {
        return new Column(VALUE, title, unit, List.of(), List.of());
    }

    /** Returns a column of a query's values with colours. */
    public static Column value(String title, Unit unit, List<Threshold> thresholds) {
        return new Column(VALUE, title, unit, thresholds, List.of());
    }

    /** Tells whether it shows a query's values. */
    public boolean isValue() {
        return source.equals(VALUE);
    }
}
