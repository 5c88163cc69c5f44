package dev.binnacle.plugin.generator.grafana.model;

import java.util.List;

/**
 * One picture with its question.
 *
 * @param title short; unique on a dashboard
 * @param description how to read it and what to do
 * @param unit of its values; tables say it for each column
 */
public record Panel(
        String title, String description, Size size, View view, Unit unit, List<Query> queries, Needs needs) {
    private static final int SHORTEST = 20;

    public Panel {
        queries = List.copyOf(queries);
        if (title.isBlank() || description.length() < SHORTEST) {
            throw new IllegalArgumentException("the panel '" + title + "' does not say how to read it");
        }
        if (queries.isEmpty() || queries.size() > Query.MOST) {
            throw new IllegalArgumentException(
                    "the panel '" + title + "' has " + queries.size() + " queries, 1 to " + Query.MOST + " fit");
        }
        if (view instanceof View.Columns table && table.values() != queries.size()) {
            throw new IllegalArgumentException("the table '" + title + "' has " + queries.size() + " queries for "
                    + table.values() + " columns of values");
        }
    }

    /** Makes a panel that shows something where there is traffic. */
    public Panel(String title, String description, Size size, View view, Unit unit, Query... queries) {
        this(title, description, size, view, unit, List.of(queries), Needs.TRAFFIC);
    }

    /** Returns the same panel, which may be empty. */
    public Panel needing(Needs what) {
        return new Panel(title, description, size, view, unit, queries, what);
    }
}
