/** Prometheus' text format 0.0.4, written and read. */
@NullMarked
package dev.binnacle.prometheus.exposition;

import org.jspecify.annotations.NullMarked;
