/** Samples that are alerts, told to Alertmanagers when and as often as Prometheus does. */
@NullMarked
package dev.binnacle.plugin.exporter.alertmanager;

import org.jspecify.annotations.NullMarked;
