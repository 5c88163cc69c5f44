/** Receivers over HTTP: where they are, who asks, what they answer. */
@NullMarked
package dev.binnacle.plugin.exporters.prometheus.sink;

import org.jspecify.annotations.NullMarked;
