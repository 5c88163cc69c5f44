package dev.binnacle.plugin.generators.prometheus;

/** Prometheus' main file: one job, whose targets the app lists. */
final class ScrapeConfiguration {
    private ScrapeConfiguration() {}

    static String render(PrometheusSettings settings) {
        return """
                global:
                  scrape_interval: %s
                  scrape_timeout: %s
                  evaluation_interval: %s

                rule_files:
                  - rules/*.yml

                alerting:
                  alertmanagers:
                    - static_configs:
                        - targets: [%s]

                scrape_configs:
                  # The app lists every target with its job, path and labels: pods and gateways (15020), the app, plugins, Prometheus.
                  - job_name: binnacle
                    http_sd_configs:
                      - url: %s
                        refresh_interval: %s
                """.formatted(
                        PromDuration.format(settings.interval()),
                        PromDuration.format(settings.timeout()),
                        PromDuration.format(settings.evaluation()),
                        quoted(settings.alertmanager()),
                        quoted(settings.discovery().toString()),
                        PromDuration.format(settings.refresh()));
    }

    /** Returns {@code text} as a YAML scalar that is a string whatever it holds. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
