package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.model.Series;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was made of a series, found again by the series' identity: who reports a series again and again keeps one object for it.
 * Bounded, and a series that was not asked for in a while is forgotten. For one thread.
 *
 * @param <T> what is made
 */
final class SeriesCache<T> {
    private static final int SMALLEST = 10_000;
    private static final int ROUNDS = 8;

    private final int limit;
    private final Function<Series, T> make;
    private Map<Series, T> young = new IdentityHashMap<>();
    private Map<Series, T> old = new IdentityHashMap<>();
    private long asked;

    /**
     * Makes an empty cache.
     *
     * @param limit it holds at most twice as many
     */
    SeriesCache(int limit, Function<Series, T> make) {
        this.limit = limit;
        this.make = make;
    }

    T get(Series series) {
        asked++;
        T known = young.get(series);
        return known != null ? known : promote(series);
    }

    int size() {
        return young.size() + old.size();
    }

    void clear() {
        young = new IdentityHashMap<>();
        old = new IdentityHashMap<>();
        asked = 0;
    }

    private T promote(Series series) {
        if (young.size() >= limit || asked > (long) ROUNDS * Math.max(SMALLEST, young.size())) {
            old = young;
            young = new IdentityHashMap<>();
            asked = 0;
        }
        T known = old.remove(series);
        T made = known != null ? known : make.apply(series);
        young.put(series, made);
        return made;
    }
}
