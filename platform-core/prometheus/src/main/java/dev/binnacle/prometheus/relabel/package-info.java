/** Relabelling, as Prometheus does it. */
@NullMarked
package dev.binnacle.prometheus.relabel;

import org.jspecify.annotations.NullMarked;
