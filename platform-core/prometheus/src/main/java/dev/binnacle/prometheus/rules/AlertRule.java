package dev.binnacle.prometheus.rules;

import dev.binnacle.prometheus.config.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One alert.
 *
 * @param alert its name
 * @param expression PromQL; each series that it returns is an alert
 * @param pending how long it has to hold before it fires; may be zero
 * @param labels what decides who is told
 * @param annotations texts for people, with Prometheus' templates; see {@link Template} for what is no template
 */
public record AlertRule(
        String alert, String expression, Duration pending, Map<String, String> labels, Map<String, String> annotations)
        implements Rule {
    @Override
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("alert", alert);
        tree.put("expr", expression.strip());
        if (!pending.isZero()) {
            tree.put("for", Durations.text(pending));
        }
        if (!labels.isEmpty()) {
            tree.put("labels", new TreeMap<>(labels));
        }
        if (!annotations.isEmpty()) {
            tree.put("annotations", new TreeMap<>(annotations));
        }
        return tree;
    }
}
