package dev.binnacle.plugin.exporters.prometheus;

import dev.binnacle.prometheus.exposition.TextWriter;
import dev.binnacle.prometheus.exposition.Timestamps;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.context.Meters.Gauge;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;

/** Keeps the latest value of every series and shows them as a page. */
final class PrometheusExporter implements Exporter {
    private final SampleStore store;
    private final InstantSource clock;
    private final System.Logger log;
    private final Gauge series;
    private final Counter conflicting;
    private final Counter overLimit;

    PrometheusExporter(SampleStore store, ExtensionContext context) {
        this.store = store;
        this.clock = context.clock();
        this.log = context.log();
        this.series = context.meters().gauge("series", "Series on the page");
        this.conflicting = context.meters()
                .counter("conflicting_samples", "Samples left out because their metric has another type on the page");
        this.overLimit = context.meters().counter("samples_over_limit", "Samples left out because the page is full");
        context.serve(this::write);
    }

    @Override
    public void export(List<Sample> batch) {
        var refused = store.put(batch, clock.instant());
        conflicting.add(refused.conflicting());
        overLimit.add(refused.overLimit());
        series.set(store.size());
        if (refused.conflicting() > 0) {
            log.log(
                    Level.WARNING,
                    "samples left out, their metric has another type on the page: {0}",
                    refused.example());
        }
        if (refused.overLimit() > 0) {
            log.log(Level.WARNING, "samples left out, max-series is reached: {0}", refused.overLimit());
        }
    }

    @Override
    public void close() {
        // Holds memory only; the host stops serving the page.
    }

    private void write(Appendable out) throws IOException {
        // Without timestamps: Prometheus then sees at once when a series has left the page.
        new TextWriter(Timestamps.OMITTED).write(store.live(clock.instant()), out);
    }
}
