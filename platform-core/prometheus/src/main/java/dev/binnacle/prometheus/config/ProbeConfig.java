package dev.binnacle.prometheus.config;

import java.time.Duration;
import java.util.List;

/**
 * What is probed.
 *
 * @param timeout for one probe
 */
public record ProbeConfig(Duration timeout, List<Probe> probes) {
    public ProbeConfig {
        probes = List.copyOf(probes);
    }
}
