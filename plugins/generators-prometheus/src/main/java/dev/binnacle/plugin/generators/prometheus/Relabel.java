package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.yaml.YamlWriter.Commented;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps of relabelling, as Prometheus' configuration writes them. */
final class Relabel {
    private Relabel() {}

    /** Keeps what fits. */
    static Map<String, Object> keep(String regex, String... labels) {
        return step(labels, regex, Map.of("action", "keep"));
    }

    /** Leaves out what fits. */
    static Map<String, Object> leaveOut(String regex, String... labels) {
        return step(labels, regex, Map.of("action", "drop"));
    }

    /** Takes a label away. */
    static Map<String, Object> drop(String label) {
        return step(new String[0], label, Map.of("action", "labeldrop"));
    }

    /** Copies a label. */
    static Map<String, Object> copy(String from, String to) {
        return step(new String[] {from}, "", Map.of("target_label", to));
    }

    /** Writes a label from what fits. */
    static Map<String, Object> replace(String to, String regex, String replacement, String... labels) {
        var step = step(labels, regex, Map.of("target_label", to));
        step.put("replacement", replacement);
        return step;
    }

    /** Puts a reason over a step. */
    static Object because(String reason, Map<String, Object> step) {
        return new Commented(reason, step);
    }

    private static Map<String, Object> step(String[] labels, String regex, Map<String, String> what) {
        var step = new LinkedHashMap<String, Object>();
        if (labels.length > 0) {
            step.put("source_labels", List.of(labels));
        }
        if (!regex.isEmpty()) {
            step.put("regex", regex);
        }
        step.putAll(what);
        return step;
    }
}
