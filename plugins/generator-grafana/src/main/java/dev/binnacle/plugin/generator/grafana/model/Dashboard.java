package dev.binnacle.plugin.generator.grafana.model;

import com.google.re2j.Pattern;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A page of panels.
 *
 * @param uid what addresses and links call it
 * @param description one sentence: the question it answers
 * @param variables what its reader chooses; one may depend on those before it
 */
public record Dashboard(String uid, String title, String description, List<Variable> variables, List<Row> rows) {
    private static final Pattern UID = Pattern.compile("[a-zA-Z0-9_-]{1,40}");
    private static final Pattern USED = Pattern.compile("\\$(?:\\{(\\w+)[^}]*\\}|(\\w+))");
    private static final String OF_GRAFANA = "__";

    public Dashboard {
        variables = List.copyOf(variables);
        rows = List.copyOf(rows);
        if (!UID.matches(uid)) {
            throw new IllegalArgumentException(
                    "a dashboard's uid is 1 to 40 letters, digits, - and _, got '" + uid + "'");
        }
        requireDistinct(title, rows);
        requireKnown(title, variables, rows);
    }

    /** Returns all panels, in reading order. */
    public List<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream()).toList();
    }

    /** Links into a dashboard and messages about it go by the titles. */
    private static void requireDistinct(String title, List<Row> rows) {
        var titles = new HashSet<String>();
        rows.stream().flatMap(row -> row.panels().stream()).map(Panel::title).forEach(panel -> {
            if (!titles.add(panel)) {
                throw new IllegalArgumentException(title + " has two panels with the title '" + panel + "'");
            }
        });
    }

    /** Grafana leaves an unknown variable in the query, and waits for ever for variables that depend on each other. */
    private static void requireKnown(String title, List<Variable> variables, List<Row> rows) {
        var known = new HashSet<String>();
        for (var variable : variables) {
            if (variable instanceof Variable.LabelValues values) {
                requireKnown(title + ", variable " + values.name(), values.query(), known);
            }
            if (!known.add(variable.name())) {
                throw new IllegalArgumentException(title + " has two variables " + variable.name());
            }
        }
        rows.stream()
                .flatMap(row -> row.panels().stream())
                .forEach(panel -> texts(panel)
                        .forEach(text -> requireKnown(title + ", panel '" + panel.title() + "'", text, known)));
    }

    private static Stream<String> texts(Panel panel) {
        var queries = panel.queries().stream().flatMap(query -> Stream.of(query.expression(), query.legend()));
        var links = panel.view() instanceof View.Columns(var columns, var sorting)
                ? columns.stream().flatMap(column -> column.links().stream()).map(Link::url)
                : Stream.<String>of();
        return Stream.of(Stream.of(panel.title()), queries, links).flatMap(texts -> texts);
    }

    private static void requireKnown(String where, String text, Set<String> known) {
        var used = USED.matcher(text);
        while (used.find()) {
            String name = used.group(1) == null ? used.group(2) : used.group(1);
            if (!name.startsWith(OF_GRAFANA) && !known.contains(name)) {
                throw new IllegalArgumentException(where + ": there is no variable " + name + " before it");
            }
        }
    }
}
