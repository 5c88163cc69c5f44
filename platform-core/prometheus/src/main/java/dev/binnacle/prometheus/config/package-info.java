/** Prometheus' configuration file, as far as Binnacle does what it says; the rest is refused by name. */
@NullMarked
package dev.binnacle.prometheus.config;

import org.jspecify.annotations.NullMarked;
