/** Dashboards as Grafana's JSON. */
@NullMarked
package dev.binnacle.plugin.generator.grafana.json;

import org.jspecify.annotations.NullMarked;
