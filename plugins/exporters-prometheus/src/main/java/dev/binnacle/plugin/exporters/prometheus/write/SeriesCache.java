package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.model.Series;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What was made of a series, found again by the series' identity: who reports a series again and again keeps one object for it.
 * Bounded, and a series that was not asked for in a while is forgotten. For one thread.
 *
 * <p>Series come in the order in which they came before, mostly: the next one is where the last one was found, and only when it is
 * not there it is looked for.
 *
 * @param <T> what is made
 */
final class SeriesCache<T> {
    private static final int SMALLEST = 10_000;
    private static final int ROUNDS = 8;

    /** Series and what was made of them, in the order in which they came first. */
    private static final class Generation<T> {
        final List<Series> series = new ArrayList<>();
        final List<T> made = new ArrayList<>();
        final Map<Series, Integer> places = new IdentityHashMap<>();

        T add(Series added, T of) {
            places.put(added, series.size());
            series.add(added);
            made.add(of);
            return of;
        }
    }

    private final int limit;
    private final Function<Series, T> make;
    private Generation<T> young = new Generation<>();
    private Generation<T> old = new Generation<>();
    private int expected;
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

    @SuppressWarnings("ReferenceEquality") // by identity, as it says
    T get(Series series) {
        asked++;
        int at = expected;
        if (at < young.series.size() && young.series.get(at) == series) {
            expected = at + 1;
            return young.made.get(at);
        }
        Integer place = young.places.get(series);
        expected = place == null ? young.series.size() + 1 : place + 1;
        return place == null ? promote(series) : young.made.get(place);
    }

    void clear() {
        young = new Generation<>();
        old = new Generation<>();
        asked = 0;
    }

    private T promote(Series series) {
        if (young.series.size() >= limit || asked > (long) ROUNDS * Math.max(SMALLEST, young.series.size())) {
            old = young;
            young = new Generation<>();
            expected = 1;
            asked = 0;
        }
        Integer place = old.places.get(series);
        return young.add(series, place == null ? make.apply(series) : old.made.get(place));
    }
}
