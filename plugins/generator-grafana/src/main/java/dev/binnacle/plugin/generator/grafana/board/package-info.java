/** The dashboards themselves, one class each. */
@NullMarked
package dev.binnacle.plugin.generator.grafana.board;

import org.jspecify.annotations.NullMarked;
