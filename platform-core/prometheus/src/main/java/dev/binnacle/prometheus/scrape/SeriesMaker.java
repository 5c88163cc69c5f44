package dev.binnacle.prometheus.scrape;

import dev.binnacle.spi.model.Series;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a reader of pages keeps for a series while it is there.
 *
 * @param <T> what is kept
 */
@FunctionalInterface
public interface SeriesMaker<T> {
    /**
     * Called when a series is on the page for the first time, and again when its description has changed.
     *
     * @param series as the page names it
     * @param previous what this method returned before, when only the description is new
     * @throws RefusedSeriesException when the page cannot be taken because of it
     */
    T make(Series series, @Nullable T previous) throws RefusedSeriesException;
}
