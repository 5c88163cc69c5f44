package dev.binnacle.plugin.generators.alerts;

import static dev.binnacle.plugin.generators.alerts.Alerts.critical;
import static dev.binnacle.plugin.generators.alerts.Alerts.warning;

import dev.binnacle.prometheus.rules.AlertRule;
import dev.binnacle.prometheus.rules.RuleGroup;
import java.time.Duration;
import java.util.List;

/** The platform itself, and Prometheus, without which nobody would hear of anything. */
final class PlatformAlerts {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(15);

    private PlatformAlerts() {}

    static List<RuleGroup> groups() {
        return List.of(
                new RuleGroup("platform-plugins", "Plugins and what passes through them.", plugins()),
                new RuleGroup("platform-prometheus", "Who watches the watcher.", prometheus()));
    }

    private static List<AlertRule> plugins() {
        return List.of(
                warning(
                        "ExtensionFailed",
                        SHORT,
                        "binnacle_extension_status{status=\"Failed\"} == 1",
                        "{{ $labels.extension }} does not run",
                        "./binnacle plugin list says why."),
                warning(
                        "ExtensionDegraded",
                        LONG,
                        "binnacle_extension_status{status=\"Degraded\"} == 1",
                        "Calls of {{ $labels.extension }} have failed for a quarter of an hour",
                        "./binnacle plugin list says why."),
                warning(
                        "CollectorFails",
                        Duration.ZERO,
                        "increase(binnacle_collector_failures_total[10m]) >= 5",
                        "{{ $labels.collector }} could not look {{ $value | humanize }} times in ten minutes",
                        "What it reports is missing or old."),
                critical(
                        "SamplesDropped",
                        Duration.ZERO,
                        "increase(binnacle_pipeline_dropped_samples_total[5m]) > 0",
                        "{{ $value | humanize }} samples for {{ $labels.exporter }} were dropped ({{ $labels.reason }})",
                        "They are lost for whoever it delivers to."),
                warning(
                        "ExporterBehind",
                        LONG,
                        "binnacle_pipeline_queued_samples > 10000",
                        "{{ $value | humanize }} samples wait for {{ $labels.exporter }}",
                        "Its receiver is slow or gone; when the queue and the buffer are full samples are dropped."),
                warning(
                        "PluginRestarts",
                        Duration.ZERO,
                        "increase(binnacle_plugin_restarts_total[1h]) >= 3",
                        "{{ $labels.plugin }} was started again {{ $value | humanize }} times in an hour",
                        "It works for a while, and fails again."),
                warning(
                        "PluginLeaks",
                        LONG,
                        "binnacle_plugin_leaks > 0",
                        "{{ $labels.plugin }} left {{ $labels.what }} behind when it was unloaded",
                        "Each reload costs memory, until the platform is restarted."));
    }

    private static List<AlertRule> prometheus() {
        return List.of(
                critical(
                        "RulesFail",
                        Duration.ZERO,
                        "increase(prometheus_rule_evaluation_failures_total[5m]) > 0",
                        "Prometheus cannot evaluate rules of {{ $labels.rule_group }}",
                        "What they record stops, and their alerts do not fire."),
                critical(
                        "PrometheusConfigurationRejected",
                        Duration.ofMinutes(1),
                        "prometheus_config_last_reload_successful == 0",
                        "Prometheus refused its configuration, and keeps the one before",
                        "Rules and targets that were changed since are not in force."),
                critical(
                        "AlertsNotDelivered",
                        Duration.ZERO,
                        "increase(prometheus_notifications_dropped_total[5m]) > 0",
                        "Alertmanager did not get {{ $value | humanize }} alerts",
                        "Nobody is told of what fires."));
    }
}
