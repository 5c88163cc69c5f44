/** Collectors of what speaks Prometheus' language. */
@NullMarked
package dev.binnacle.plugin.collectors.prometheus;

import org.jspecify.annotations.NullMarked;
