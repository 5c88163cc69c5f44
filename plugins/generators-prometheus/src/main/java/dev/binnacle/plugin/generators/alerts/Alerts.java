package dev.binnacle.plugin.generators.alerts;

import dev.binnacle.prometheus.rules.AlertRule;
import java.time.Duration;
import java.util.Map;

/** Alerts that all look alike: a severity, what is wrong, what it means, and the runbook of their name. */
final class Alerts {
    private Alerts() {}

    /** Somebody has to look now. */
    static AlertRule critical(String name, Duration pending, String expression, String summary, String description) {
        return alert("critical", name, pending, expression, summary, description);
    }

    /** Somebody has to look on the next working day. */
    static AlertRule warning(String name, Duration pending, String expression, String summary, String description) {
        return alert("warning", name, pending, expression, summary, description);
    }

    private static AlertRule alert(
            String severity, String name, Duration pending, String expression, String summary, String description) {
        return new AlertRule(
                name,
                expression,
                pending,
                Map.of("severity", severity),
                Map.of("summary", summary, "description", description, "runbook_url", "docs/runbooks/" + name + ".md"));
    }
}
