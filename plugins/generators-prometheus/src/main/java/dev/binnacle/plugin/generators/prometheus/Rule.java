package dev.binnacle.plugin.generators.prometheus;

/** Something that Prometheus evaluates again and again. */
sealed interface Rule permits RecordingRule, AlertRule {
    /** Returns it as YAML, as an item of a group's rules. */
    String render();

    /** Returns PromQL as a block of YAML. */
    static String block(String expression) {
        return "        expr: |\n" + expression.strip().indent(10);
    }
}
