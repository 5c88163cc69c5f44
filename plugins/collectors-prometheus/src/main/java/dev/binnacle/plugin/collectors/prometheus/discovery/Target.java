package dev.binnacle.plugin.collectors.prometheus.discovery;

import dev.binnacle.spi.model.Labels;
import java.net.URI;
import java.time.Duration;

/**
 * One thing that is scraped.
 *
 * @param labels what its series get
 * @param url where it is asked
 */
public record Target(Labels labels, URI url, Duration interval, Duration timeout) {}
