package dev.binnacle.plugin.generator.grafana.model;

import java.util.List;

/** How a panel shows what its queries answer. */
public sealed interface View {
    /** Lines over time, one for each series. */
    record Lines(Stacking stacking, List<Threshold> limits) implements View {
        public Lines {
            limits = List.copyOf(limits);
        }

        /** Returns lines beside each other. */
        public static Lines plain() {
            return new Lines(Stacking.NONE, List.of());
        }

        /** Returns areas on top of each other, whose sum means something. */
        public static Lines stacked() {
            return new Lines(Stacking.SUM, List.of());
        }

        /** Returns lines, and where it becomes bad. */
        public static Lines limited(List<Threshold> limits) {
            return new Lines(Stacking.NONE, limits);
        }
    }

    /** Whether series stand on top of each other. */
    enum Stacking {
        NONE,
        SUM
    }

    /** The latest value, large, in the colour of what it means. */
    record Number(List<Threshold> thresholds) implements View {
        public Number {
            thresholds = List.copyOf(thresholds);
        }
    }

    /** A table of the latest values: one row for each set of labels. */
    record Columns(List<Column> columns, Sorting sorting) implements View {
        public Columns {
            columns = List.copyOf(columns);
            if (columns.stream().noneMatch(column -> column.title().equals(sorting.column()))) {
                throw new IllegalArgumentException("the table has no column " + sorting.column());
            }
        }

        /** Returns how many columns show the values of a query. */
        long values() {
            return columns.stream().filter(Column::isValue).count();
        }
    }

    /** By which column the rows of a table are sorted. */
    record Sorting(String column, boolean descending) {
        /** Returns: largest first. */
        public static Sorting largestFirst(String column) {
            return new Sorting(column, true);
        }

        /** Returns: smallest first, or by the alphabet. */
        public static Sorting smallestFirst(String column) {
            return new Sorting(column, false);
        }
    }

    /** How often which values occurred, over time; the query answers with buckets. */
    record Heat() implements View {}
}
