package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Column;
import dev.binnacle.plugin.generator.grafana.model.Panel;
import dev.binnacle.plugin.generator.grafana.model.Query;
import dev.binnacle.plugin.generator.grafana.model.Size;
import dev.binnacle.plugin.generator.grafana.model.Threshold;
import dev.binnacle.plugin.generator.grafana.model.Unit;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import dev.binnacle.plugin.generator.grafana.model.View.Sorting;
import java.util.ArrayList;
import java.util.List;

/** Tables of requests: how many there are, which share failed, how long they took; what fails most is on top. */
final class RequestTable {
    private static final String FAILED = "Failed";

    private RequestTable() {}

    /**
     * Returns a table.
     *
     * @param labels what each row stands for: the columns on the left
     */
    static Panel of(String title, String description, Size size, Traffic traffic, Column... labels) {
        var columns = new ArrayList<>(List.of(labels));
        columns.add(Column.value("Requests", Unit.REQUESTS));
        columns.add(Column.value(FAILED, Unit.SHARE, Threshold.rising(0.01, 0.05)));
        columns.add(Column.value("p95", Unit.MILLISECONDS));
        String[] by = List.of(labels).stream().map(Column::source).toArray(String[]::new);
        return new Panel(
                title,
                description,
                size,
                new Columns(columns, Sorting.largestFirst(FAILED)),
                Unit.NUMBER,
                Query.of(traffic.rate(by)),
                Query.of(traffic.failedShare(by)),
                Query.of(traffic.quantile(95, by)));
    }
}
