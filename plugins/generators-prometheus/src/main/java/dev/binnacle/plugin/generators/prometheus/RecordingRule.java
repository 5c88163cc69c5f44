package dev.binnacle.plugin.generators.prometheus;

/**
 * One recording rule.
 *
 * @param record the name, {@code level:metric:operations}
 * @param expression PromQL, perhaps on several lines
 */
record RecordingRule(String record, String expression) {
    String render() {
        return "      - record: " + record + "\n        expr: |\n"
                + expression.strip().indent(10);
    }
}
