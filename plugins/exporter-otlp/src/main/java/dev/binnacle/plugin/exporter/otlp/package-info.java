/** Samples as OpenTelemetry's protocol has them, by its rules for what comes from Prometheus. */
@NullMarked
package dev.binnacle.plugin.exporter.otlp;

import org.jspecify.annotations.NullMarked;
