package dev.binnacle.plugin.collectors.prometheus.query;

import java.time.Instant;
import java.util.Map;

/**
 * One series of an answer, as it came.
 *
 * @param labels the name among them, under {@code __name__}
 * @param at when it had this value, by the server's clock
 */
record Point(Map<String, String> labels, double value, Instant at) {}
