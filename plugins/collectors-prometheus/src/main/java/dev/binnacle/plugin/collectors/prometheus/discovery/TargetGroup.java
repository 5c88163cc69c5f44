package dev.binnacle.plugin.collectors.prometheus.discovery;

import java.util.List;
import java.util.Map;

/**
 * Targets that have labels in common.
 *
 * @param targets {@code host:port} each
 */
public record TargetGroup(List<String> targets, Map<String, String> labels) {
    public TargetGroup {
        targets = List.copyOf(targets);
        labels = Map.copyOf(labels);
    }
}
