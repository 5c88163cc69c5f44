/**
 * Pages of metrics as Prometheus takes them from a target: read as a stream of bytes, again and again, with almost no work for
 * what was on the page before.
 */
@NullMarked
package dev.binnacle.prometheus.scrape;

import org.jspecify.annotations.NullMarked;
