/** Pieces of PromQL with names and values that come from users. */
@NullMarked
package dev.binnacle.prometheus.promql;

import org.jspecify.annotations.NullMarked;
