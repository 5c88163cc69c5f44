package dev.binnacle.app.plugins;

/**
 * A page of metrics that a plugin serves through the application, for Prometheus to scrape.
 *
 * @param extension the extension's id
 * @param path on the application's own address, for example {@code /plugins/exporter-prometheus/metrics}
 */
public record PluginEndpoint(String extension, String path) {
    static PluginEndpoint of(String extension) {
        return new PluginEndpoint(extension, "/plugins/" + extension + "/metrics");
    }
}
