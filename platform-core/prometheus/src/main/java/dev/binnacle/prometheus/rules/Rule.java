package dev.binnacle.prometheus.rules;

import java.util.Map;

/** Something that Prometheus evaluates again and again. */
public sealed interface Rule permits RecordingRule, AlertRule {
    /** Returns PromQL. */
    String expression();

    /** Returns it as an item of a group's rules, in the order of the keys. */
    Map<String, Object> tree();
}
