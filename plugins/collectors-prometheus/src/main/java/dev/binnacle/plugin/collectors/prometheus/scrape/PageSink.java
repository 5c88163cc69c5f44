package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.prometheus.config.ScrapeConfig;
import dev.binnacle.prometheus.scrape.RefusedSeriesException;
import dev.binnacle.prometheus.scrape.SampleSink;
import dev.binnacle.spi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes the samples of one page. */
final class PageSink implements SampleSink<Exposed> {
    /** How far ahead of the clock a sample may be, as in Prometheus. */
    private static final Duration MOST_AHEAD = Duration.ofMinutes(10);

    private final ScrapeConfig config;
    private final TargetSeries series;
    private final Instant at;
    private final long latest;
    private final List<Sample> samples;
    private int read;
    private int kept;
    private long dropped;

    PageSink(ScrapeConfig config, TargetSeries series, Instant at, List<Sample> samples) {
        this.config = config;
        this.series = series;
        this.at = at;
        this.latest = at.plus(MOST_AHEAD).toEpochMilli();
        this.samples = samples;
    }

    @Override
    public void sample(Exposed exposed, double value, long timestamp) throws RefusedSeriesException {
        read++;
        var named = exposed.series;
        if (named == null) {
            return;
        }
        kept++;
        boolean timed = timestamp != NO_TIMESTAMP && config.honorTimestamps();
        boolean first = series.isFirst(exposed);
        if (timed ? timestamp > latest : !first) {
            dropped++;
            return;
        }
        if (!isWithinLimit()) {
            return;
        }
        if (first && (!timed || config.trackTimestampsStaleness())) {
            series.track(exposed);
        }
        samples.add(new Sample(named, value, timed ? Instant.ofEpochMilli(timestamp) : at));
    }

    /** Returns how many samples the page has. */
    int read() {
        return read;
    }

    /** Returns how many of them relabelling has left. */
    int kept() {
        return kept;
    }

    /** Returns how many were left out: those that came twice, and those from the future. */
    long dropped() {
        return dropped;
    }

    /** Tells whether the page has no more samples than it may; they are counted further when it has. */
    boolean isWithinLimit() {
        long limit = config.limits().samples();
        return limit == 0 || kept <= limit;
    }
}
