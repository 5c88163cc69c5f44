/** Prometheus' rules, as generators build them. */
@NullMarked
package dev.binnacle.prometheus.rules;

import org.jspecify.annotations.NullMarked;
