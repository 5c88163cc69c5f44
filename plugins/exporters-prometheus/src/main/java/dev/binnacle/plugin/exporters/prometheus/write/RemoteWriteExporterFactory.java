package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.prometheus.sink.EndpointSettings;
import dev.binnacle.prometheus.sink.PlainUrl;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.export.ExporterFactory;
import java.net.URI;

/** Makes {@code exporter-remote-write}. */
public final class RemoteWriteExporterFactory implements ExporterFactory {
    static final ConfigKey<URI> URL = new ConfigKey<>(
            "url", PlainUrl.TYPE, null, "Where to write to, for example http://localhost:9090/api/v1/write");
    static final ConfigKey<WriteVersion> VERSION = new ConfigKey<>(
            "version",
            new ValueType<>("auto, 1.0 or 2.0", WriteVersion::of),
            "auto",
            "The protocol's version; auto begins with 2.0 and falls back to 1.0");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.EXPORTER,
                "exporter-remote-write",
                Stability.BETA,
                "Writes samples to Prometheus, or to whatever else takes its remote write",
                EndpointSettings.with(URL, VERSION),
                Capabilities.hosts("{url}"));
    }

    @Override
    public Exporter create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        var endpoint = EndpointSettings.endpoint(settings, settings.get(URL));
        return new RemoteWriteExporter(
                endpoint,
                Sending.everything(settings.get(VERSION)),
                OutgoingLabels.OWN,
                context.clock(),
                context.meters(),
                context.log());
    }
}
