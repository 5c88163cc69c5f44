/** Receivers over HTTP: where they are, who asks, what they answer. */
@NullMarked
package dev.binnacle.prometheus.sink;

import org.jspecify.annotations.NullMarked;
