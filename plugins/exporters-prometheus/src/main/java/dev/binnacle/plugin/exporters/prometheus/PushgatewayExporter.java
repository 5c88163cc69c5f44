package dev.binnacle.plugin.exporters.prometheus;

import dev.binnacle.prometheus.exposition.TextWriter;
import dev.binnacle.prometheus.exposition.Timestamps;
import dev.binnacle.prometheus.sink.Answer;
import dev.binnacle.prometheus.sink.Endpoint;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.context.TextEndpoint;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Keeps the latest value of every series, and puts all of them in the place of a group of a Pushgateway: series that nobody reports any
 * more are gone there too.
 */
final class PushgatewayExporter implements Exporter {
    private final Endpoint group;
    private final SampleStore store;
    private final InstantSource clock;
    private final Counter conflicting;
    private final Counter overLimit;

    PushgatewayExporter(Endpoint group, SampleStore store, ExtensionContext context) {
        this.group = group;
        this.store = store;
        this.clock = context.clock();
        this.conflicting = context.meters()
                .counter("conflicting_samples", "Samples left out because their metric has another type in the group");
        this.overLimit = context.meters().counter("samples_over_limit", "Samples left out because the group is full");
    }

    @Override
    public void export(List<Sample> batch) throws ExportException, InterruptedException {
        var refused = store.put(batch, clock.instant());
        byte[] page = page();
        var answer = group.send("PUT", Map.of("Content-Type", TextEndpoint.PROMETHEUS_TEXT), page, page.length);
        if (!answer.isSuccess()) {
            throw answer.failure(Answer.PASSING, clock);
        }
        conflicting.add(refused.conflicting());
        overLimit.add(refused.overLimit());
    }

    @Override
    public void close() {
        // The group stays, as a Pushgateway's groups do.
        group.close();
    }

    private byte[] page() {
        var text = new StringBuilder();
        try {
            // A Pushgateway takes no timestamps: what it shows is what was pushed last.
            new TextWriter(Timestamps.OMITTED).write(store.live(clock.instant()), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
