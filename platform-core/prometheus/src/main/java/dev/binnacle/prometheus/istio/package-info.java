/** Istio's standard metrics, as queries have to read them. */
@NullMarked
package dev.binnacle.prometheus.istio;

import org.jspecify.annotations.NullMarked;
