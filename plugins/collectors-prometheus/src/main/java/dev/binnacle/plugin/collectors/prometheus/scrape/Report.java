package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import dev.binnacle.spi.model.Staleness;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What is said about each scrape of a target. */
final class Report {
    private static final List<MetricFamily> FAMILIES = List.of(
            MetricFamily.gauge("up", "", "Whether the target answered with a page that could be read"),
            MetricFamily.gauge("scrape_duration_seconds", "seconds", "How long the scrape took"),
            MetricFamily.gauge("scrape_samples_scraped", "", "Samples on the page"),
            MetricFamily.gauge("scrape_samples_post_metric_relabeling", "", "Samples that relabelling has left"),
            MetricFamily.gauge("scrape_series_added", "", "Series that the scrape was the first to have"));

    private final List<Series> series;

    Report(Labels target) {
        series = FAMILIES.stream().map(family -> new Series(family, "", target)).toList();
    }

    void add(List<Sample> samples, Instant at, boolean up, double seconds, int read, int kept, int added) {
        double[] values = {up ? 1 : 0, seconds, read, kept, added};
        for (int i = 0; i < values.length; i++) {
            samples.add(new Sample(series.get(i), values[i], at));
        }
    }

    /** Says that there will be no further report. */
    Stream<Sample> end(Instant at) {
        return series.stream().map(each -> new Sample(each, Staleness.MARKER, at));
    }
}
