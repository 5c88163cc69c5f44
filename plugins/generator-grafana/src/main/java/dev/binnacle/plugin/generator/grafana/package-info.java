/** Writes Grafana's dashboards and their provisioning. */
@NullMarked
package dev.binnacle.plugin.generator.grafana;

import org.jspecify.annotations.NullMarked;
