package dev.binnacle.plugin.generators.prometheus;

/**
 * One recording rule.
 *
 * @param record the name, {@code level:metric:operations}
 * @param expression PromQL, perhaps on several lines
 */
record RecordingRule(String record, String expression) implements Rule {
    @Override
    public String render() {
        return "      - record: " + record + "\n" + Rule.block(expression);
    }
}
