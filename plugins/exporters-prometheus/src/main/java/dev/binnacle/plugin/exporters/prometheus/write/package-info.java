/** Prometheus remote write, 1.0 and 2.0: samples as requests, and what the receiver answers. */
@NullMarked
package dev.binnacle.plugin.exporters.prometheus.write;

import org.jspecify.annotations.NullMarked;
