package dev.binnacle.plugin.collectors.prometheus.query;

import dev.binnacle.prometheus.config.Query;
import java.time.Duration;
import java.util.Optional;

/**
 * How one query went.
 *
 * @param remarks how many warnings and infos came with the answer
 * @param failure why nothing was taken; empty when something was
 */
record Outcome(Query query, Selection selection, int remarks, Duration took, Optional<String> failure) {}
