/** Targets: found, relabelled, and told which of them are new and which are gone. */
@NullMarked
package dev.binnacle.plugin.collectors.prometheus.discovery;

import org.jspecify.annotations.NullMarked;
