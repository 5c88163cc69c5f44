package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.yaml.YamlWriter;
import dev.binnacle.prometheus.yaml.YamlWriter.Commented;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prometheus' main file: what every scrape has in common, and one job whose targets the app lists. */
final class ScrapeConfiguration {
    private ScrapeConfiguration() {}

    /** Returns the configuration of the local mesh. */
    static String local(PrometheusSettings settings) {
        var file = common(settings, "rules/*.yml");
        var discovery = new LinkedHashMap<String, Object>();
        discovery.put("url", settings.discovery().toString());
        discovery.put("refresh_interval", Durations.text(settings.refresh()));
        var job = new LinkedHashMap<String, Object>();
        job.put("job_name", "binnacle");
        job.put("http_sd_configs", List.of(discovery));
        file.put(
                "scrape_configs",
                List.of(new Commented(
                        "The app lists every target with its job, path and labels: pods and gateways (15020), the"
                                + " app, plugins, Prometheus.",
                        job)));
        return YamlWriter.write(file);
    }

    /** Returns everything but the jobs. */
    static Map<String, Object> common(PrometheusSettings settings, String rules) {
        var global = new LinkedHashMap<String, Object>();
        global.put("scrape_interval", Durations.text(settings.interval()));
        global.put("scrape_timeout", Durations.text(settings.timeout()));
        global.put("evaluation_interval", Durations.text(settings.evaluation()));
        if (!settings.externalLabels().isEmpty()) {
            var labels = new LinkedHashMap<String, Object>();
            // A dollar would stand for a variable of the environment.
            settings.externalLabels().forEach((name, value) -> labels.put(name, value.replace("$", "$$")));
            global.put("external_labels", labels);
        }
        var file = new LinkedHashMap<String, Object>();
        file.put("global", global);
        file.put("rule_files", List.of(rules));
        file.put("alerting", alerting(settings));
        return file;
    }

    /** Two replicas send the same alert: without the label that tells them apart Alertmanager knows it as one (facts F8). */
    private static Map<String, Object> alerting(PrometheusSettings settings) {
        var alerting = new LinkedHashMap<String, Object>();
        if (settings.externalLabels().containsKey(settings.replicaLabel())) {
            alerting.put("alert_relabel_configs", List.of(Relabel.drop(settings.replicaLabel())));
        }
        alerting.put(
                "alertmanagers",
                List.of(Map.of("static_configs", List.of(Map.of("targets", List.of(settings.alertmanager()))))));
        return alerting;
    }
}
