package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.Telemetry.Change;
import java.util.Map;
import java.util.Optional;

/**
 * Istio's metrics as the stats access logger's configuration has them, without those that are disabled.
 *
 * @param tags the labels of a metric that nobody changed
 */
record StatsMetrics(StatsTags tags, Map<Metric, Change> changes) {
    Optional<Map<String, Object>> counter(Metric metric, String valueField, Object value) {
        return stat(metric).map(stat -> Map.of("stat", stat, valueField, value));
    }

    Optional<Map<String, Object>> histogram(Metric metric, String unit, String value) {
        return stat(metric).map(stat -> Map.of("stat", stat, "unit", unit, "value_format", value));
    }

    private Optional<Map<String, Object>> stat(Metric metric) {
        var change = changes.getOrDefault(metric, Change.NONE);
        return change.disabled()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "name",
                        metric.series(),
                        "tags",
                        tags.changed(change.tags()).asConfig()));
    }
}
