/** One target: asked in turn, and its series until they are gone. */
@NullMarked
package dev.binnacle.plugin.collectors.prometheus.scrape;

import org.jspecify.annotations.NullMarked;
