package dev.binnacle.plugin.generators.prometheus;

/**
 * One alert.
 *
 * @param alert its name
 * @param expression PromQL; each series that it returns is an alert
 * @param severity {@code warning} or {@code critical}
 * @param summary what is wrong, with Prometheus' templates
 * @param description what to do about it
 */
record AlertRule(String alert, String expression, String severity, String summary, String description) implements Rule {
    @Override
    public String render() {
        return "      - alert: " + alert + "\n" + Rule.block(expression)
                + """
                        labels:
                          severity: %s
                        annotations:
                          summary: '%s'
                          description: '%s'
                """.formatted(severity, summary, description);
    }
}
