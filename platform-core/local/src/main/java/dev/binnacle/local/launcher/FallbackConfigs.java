package dev.binnacle.local.launcher;

/** Configurations for manifests that come without their own {@code prometheus/} folder. */
final class FallbackConfigs {
    private FallbackConfigs() {}

    static String prometheus(InstancePorts ports) {
        return """
                global:
                  scrape_interval: 5s
                  evaluation_interval: 5s
                scrape_configs:
                - job_name: binnacle
                  http_sd_configs:
                  - url: %s/sd/prometheus
                    refresh_interval: 5s
                """.formatted(ports.appUrl());
    }

    static String alertmanager() {
        return """
                route:
                  receiver: nobody
                receivers:
                - name: nobody
                """;
    }
}
