package dev.binnacle.insight.query;

import java.util.List;

/** What a query brought. */
public sealed interface Answer {
    /**
     * Rows, none among them when nothing fits.
     *
     * @param warnings what the server said besides: the answer may be a part only
     */
    record Rows(List<Row> rows, List<String> warnings) implements Answer {
        public Rows {
            rows = List.copyOf(rows);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Nothing that could be understood.
     *
     * @param reason one sentence for a person, without a full stop
     */
    record Missing(String reason) implements Answer {}

    /** Returns the rows, none when they are missing. */
    default List<Row> rowsOrNone() {
        return switch (this) {
            case Rows(var rows, var warnings) -> rows;
            case Missing(String reason) -> List.of();
        };
    }
}
