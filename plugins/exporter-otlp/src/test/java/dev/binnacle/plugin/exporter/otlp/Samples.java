package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Samples of one target as a scrape finds them. */
final class Samples {
    static final MetricFamily REQUESTS = MetricFamily.counter("http_requests_total", "", "Requests");
    static final MetricFamily LEVEL = MetricFamily.gauge("tank_level_bytes", "bytes", "How full it is");
    static final MetricFamily WAIT =
            new MetricFamily("wait_seconds", MetricType.HISTOGRAM, "seconds", "How long it takes");
    static final MetricFamily SIZE = new MetricFamily("size_bytes", MetricType.SUMMARY, "bytes", "How large it is");
    static final MetricFamily WHATEVER = new MetricFamily("whatever", MetricType.UNKNOWN, "", "");
    static final Labels TARGET = Labels.of("job", "shop", "instance", "127.0.0.1:8080");

    private Samples() {}

    static Sample of(MetricFamily family, String suffix, Labels labels, double value, Instant at) {
        return new Sample(new Series(family, suffix, labels), value, at);
    }

    /** Returns the parts of a histogram with bounds 0.1, 1 and +Inf, counts rising by {@code step}, and a sum. */
    static List<Sample> histogram(Labels labels, double step, double sum, Instant at) {
        var parts = new ArrayList<Sample>();
        double count = 0;
        for (String bound : List.of("0.1", "1.0", "+Inf")) {
            count += step;
            parts.add(of(WAIT, "_bucket", labels.with("le", bound), count, at));
        }
        parts.add(of(WAIT, "_sum", labels, sum, at));
        parts.add(of(WAIT, "_count", labels, count, at));
        return parts;
    }

    static List<Sample> summary(Labels labels, double value, Instant at) {
        return List.of(
                of(SIZE, "", labels.with("quantile", "0.5"), value, at),
                of(SIZE, "", labels.with("quantile", "0.99"), 2 * value, at),
                of(SIZE, "_sum", labels, 10 * value, at),
                of(SIZE, "_count", labels, 8, at));
    }
}
