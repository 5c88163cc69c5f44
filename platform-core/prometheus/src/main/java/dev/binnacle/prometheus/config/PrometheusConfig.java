package dev.binnacle.prometheus.config;

import dev.binnacle.spi.model.Labels;
import java.util.List;

/**
 * What a configuration file says.
 *
 * @param externalLabels what every series gets that does not have it, on its way out
 */
public record PrometheusConfig(
        Labels externalLabels, List<ScrapeConfig> scrapeConfigs, List<RemoteWriteConfig> remoteWrites) {
    public PrometheusConfig {
        scrapeConfigs = List.copyOf(scrapeConfigs);
        remoteWrites = List.copyOf(remoteWrites);
    }
}
