/** Samples and what they belong to, as Prometheus understands them; spans, as OpenTelemetry does. */
@NullMarked
package dev.binnacle.spi.model;

import org.jspecify.annotations.NullMarked;
