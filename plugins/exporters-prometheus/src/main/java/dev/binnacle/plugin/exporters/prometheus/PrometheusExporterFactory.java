package dev.binnacle.plugin.exporters.prometheus;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.export.ExporterFactory;
import java.time.Duration;
import java.util.List;

/** Makes {@code exporter-prometheus}. */
public final class PrometheusExporterFactory implements ExporterFactory {
    static final ConfigKey<Duration> EXPIRY = new ConfigKey<>(
            "expiry", ValueType.DURATION, "1m", "A series that nobody reported for this long leaves the page");
    static final ConfigKey<Integer> MAX_SERIES = new ConfigKey<>(
            "max-series",
            ValueType.INTEGER,
            "200000",
            "The most series on the page; further ones are left out and counted");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.EXPORTER,
                "exporter-prometheus",
                Stability.BETA,
                "Serves the latest value of every collected series for Prometheus to scrape",
                List.of(EXPIRY, MAX_SERIES));
    }

    @Override
    public Exporter create(ExtensionContext context) {
        var store = new SampleStore(
                context.settings().get(EXPIRY), context.settings().get(MAX_SERIES));
        return new PrometheusExporter(store, context);
    }
}
