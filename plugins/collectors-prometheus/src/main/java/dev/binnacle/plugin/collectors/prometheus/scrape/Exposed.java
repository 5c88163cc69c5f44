package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.spi.model.Series;
import org.jspecify.annotations.Nullable;

/** A series of a target, while it is there. Lines that name the same one share it. */
final class Exposed {
    /** The series as it goes on; null when the rules drop it. */
    @Nullable
    Series series;

    /** The last scrape that had it. */
    int scrape;
}
