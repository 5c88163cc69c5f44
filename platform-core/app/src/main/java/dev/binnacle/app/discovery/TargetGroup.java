package dev.binnacle.app.discovery;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Targets of one kind, in the form of Prometheus' HTTP service discovery.
 *
 * @param targets {@code address:port}
 * @param labels of every target; {@code __metrics_path__} among them where it is not {@code /metrics}
 */
public record TargetGroup(List<String> targets, Map<String, String> labels) {
    public TargetGroup {
        targets = List.copyOf(targets);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
