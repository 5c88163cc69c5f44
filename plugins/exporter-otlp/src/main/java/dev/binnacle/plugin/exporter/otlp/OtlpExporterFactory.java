package dev.binnacle.plugin.exporter.otlp;

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

/** Makes {@code exporter-otlp}. */
public final class OtlpExporterFactory implements ExporterFactory {
    static final ConfigKey<URI> URL = new ConfigKey<>(
            "url",
            PlainUrl.TYPE,
            null,
            "Where to send metrics by OTLP over HTTP, for example http://localhost:4318/v1/metrics");
    static final ConfigKey<Boolean> GZIP =
            new ConfigKey<>("gzip", ValueType.BOOLEAN, "true", "Whether requests are compressed");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.EXPORTER,
                "exporter-otlp",
                Stability.BETA,
                "Sends samples as metrics of OpenTelemetry's protocol, over HTTP",
                EndpointSettings.with(URL, GZIP),
                Capabilities.hosts("{url}"));
    }

    @Override
    public Exporter create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        var endpoint = EndpointSettings.endpoint(settings, settings.get(URL));
        var sender = new Sender(endpoint, settings.get(GZIP), context.clock(), context.meters(), context.log());
        return new OtlpExporter(sender, context.meters());
    }
}
