package dev.binnacle.prometheus.config;

import dev.binnacle.prometheus.relabel.RelabelRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One job: targets, and how they are scraped.
 *
 * @param fallback how a page without a usable Content-Type is read: {@code PrometheusText0.0.4}, {@code OpenMetricsText1.0.0} …; empty for not at all
 * @param openMetrics whether OpenMetrics is asked for before text
 */
public record ScrapeConfig(
        String jobName,
        Duration interval,
        Duration timeout,
        String metricsPath,
        String scheme,
        Map<String, List<String>> params,
        boolean honorLabels,
        boolean honorTimestamps,
        boolean trackTimestampsStaleness,
        boolean enableCompression,
        boolean openMetrics,
        String fallback,
        ScrapeLimits limits,
        HttpOptions http,
        List<Discovery> discoveries,
        List<RelabelRule> relabelConfigs,
        List<RelabelRule> metricRelabelConfigs) {
    public ScrapeConfig {
        params = Map.copyOf(params);
        discoveries = List.copyOf(discoveries);
        relabelConfigs = List.copyOf(relabelConfigs);
        metricRelabelConfigs = List.copyOf(metricRelabelConfigs);
    }
}
