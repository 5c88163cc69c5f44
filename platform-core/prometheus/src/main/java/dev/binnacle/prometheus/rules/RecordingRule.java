package dev.binnacle.prometheus.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One recording rule.
 *
 * @param record the name, {@code level:metric:operations}
 * @param expression PromQL, perhaps on several lines
 * @param labels what every series gets
 */
public record RecordingRule(String record, String expression, Map<String, String> labels) implements Rule {
    /** Makes a rule without labels of its own. */
    public RecordingRule(String record, String expression) {
        this(record, expression, Map.of());
    }

    @Override
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("record", record);
        tree.put("expr", expression.strip());
        if (!labels.isEmpty()) {
            tree.put("labels", new TreeMap<>(labels));
        }
        return tree;
    }
}
