/** Exporters to Prometheus. */
@NullMarked
package dev.binnacle.plugin.exporters.prometheus;

import org.jspecify.annotations.NullMarked;
