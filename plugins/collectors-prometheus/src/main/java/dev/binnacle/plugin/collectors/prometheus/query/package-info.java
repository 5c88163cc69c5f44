/** Asking a Prometheus what it knows: queries, their answers, what becomes of those. */
@NullMarked
package dev.binnacle.plugin.collectors.prometheus.query;

import org.jspecify.annotations.NullMarked;
