/** What a dashboard is made of: values that exist only when they are valid, and nothing of Grafana's JSON. */
@NullMarked
package dev.binnacle.plugin.generator.grafana.model;

import org.jspecify.annotations.NullMarked;
