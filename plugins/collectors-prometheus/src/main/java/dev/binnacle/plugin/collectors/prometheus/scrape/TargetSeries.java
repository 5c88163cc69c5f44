package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.prometheus.scrape.PageFormat;
import dev.binnacle.prometheus.scrape.PageParser;
import dev.binnacle.prometheus.scrape.RefusedSeriesException;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import dev.binnacle.spi.model.Staleness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series of one target: which there were at the last scrape, which there are now. */
final class TargetSeries {
    private record Key(String name, Labels labels) {}

    private static final int PATIENCE = 3;
    private static final int FEW = 256;

    private final SeriesMutation mutation;
    private final long most;
    private final Map<Key, Exposed> known = new HashMap<>();
    private @Nullable PageParser<Exposed> parser;
    private PageFormat format = PageFormat.TEXT;
    private List<Exposed> previous = List.of();
    private List<Exposed> present = new ArrayList<>();
    private int scrape;
    private int added;

    /** @param most how many series a scrape may have */
    TargetSeries(SeriesMutation mutation, long most) {
        this.mutation = mutation;
        this.most = most;
    }

    /** Begins a scrape, and returns what reads its page. */
    PageParser<Exposed> begin(PageFormat wanted) {
        scrape++;
        added = 0;
        present = new ArrayList<>(previous.size());
        var known = parser;
        if (known == null || format != wanted) {
            known = new PageParser<>(wanted, this::make, PageParser.REMEMBER_ALL);
            parser = known;
            format = wanted;
        }
        return known;
    }

    /** Tells whether the series is there for the first time in this scrape, and notes that it is there. */
    boolean isFirst(Exposed series) {
        boolean first = series.scrape != scrape;
        series.scrape = scrape;
        return first;
    }

    /** Will say when the series is gone. */
    void track(Exposed series) throws RefusedSeriesException {
        if (present.size() >= most) {
            throw new RefusedSeriesException("the page has more than " + most + " series, which max-series is");
        }
        present.add(series);
    }

    /** Returns how many series this scrape was the first to have. */
    int added() {
        return added;
    }

    /** Ends a scrape that succeeded, and says of each series that is gone that it is. */
    void succeed(Instant at, List<Sample> samples) {
        for (var series : previous) {
            if (series.scrape != scrape) {
                end(series, at, samples);
            }
        }
        previous = present;
        if (known.size() > 2 * present.size() + FEW) {
            known.values().removeIf(series -> series.scrape < scrape - PATIENCE);
        }
    }

    /** Says of all series that they are gone. */
    void fail(Instant at, List<Sample> samples) {
        previous.forEach(series -> end(series, at, samples));
        previous = List.of();
    }

    private static void end(Exposed exposed, Instant at, List<Sample> samples) {
        if (exposed.series != null) {
            samples.add(new Sample(exposed.series, Staleness.MARKER, at));
        }
    }

    private Exposed make(Series series, @Nullable Exposed previous) throws RefusedSeriesException {
        var mutated = mutation.apply(series);
        if (mutated == null) {
            return previous == null ? new Exposed() : previous;
        }
        var exposed = known.computeIfAbsent(
                new Key(mutated.name(), mutated.labels()), key -> previous == null ? new Exposed() : previous);
        if (exposed.series == null) {
            added++;
        }
        if (known.size() > most + FEW && exposed.series == null) {
            throw new RefusedSeriesException("the page has more than " + most + " series, which max-series is");
        }
        exposed.series = mutated;
        return exposed;
    }
}
