package dev.binnacle.prometheus.config;

import dev.binnacle.spi.model.Labels;
import java.time.Duration;

/** What holds for jobs that do not say otherwise. */
record GlobalOptions(
        Duration interval, Duration timeout, boolean openMetrics, ScrapeLimits limits, Labels externalLabels) {}
