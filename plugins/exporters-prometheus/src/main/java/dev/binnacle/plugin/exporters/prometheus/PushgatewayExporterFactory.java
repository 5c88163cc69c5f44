package dev.binnacle.plugin.exporters.prometheus;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Makes {@code exporter-pushgateway}. */
public final class PushgatewayExporterFactory implements ExporterFactory {
    static final ConfigKey<URI> URL =
            new ConfigKey<>("url", PlainUrl.TYPE, null, "The Pushgateway, for example http://localhost:9091");
    static final ConfigKey<String> JOB =
            new ConfigKey<>("job", ValueType.TEXT, "binnacle", "The job that the series get, and the group's name");
    static final ConfigKey<Duration> EXPIRY = new ConfigKey<>(
            "expiry",
            ValueType.DURATION,
            "5m",
            "A series that nobody reported for this long leaves the group at the next push");
    static final ConfigKey<Integer> MAX_SERIES = new ConfigKey<>(
            "max-series",
            ValueType.INTEGER,
            "10000",
            "The most series in the group; further ones are left out and counted");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.EXPORTER,
                "exporter-pushgateway",
                Stability.BETA,
                "Puts the latest value of every collected series into a group of a Pushgateway",
                EndpointSettings.with(URL, JOB, EXPIRY, MAX_SERIES),
                Capabilities.hosts("{url}"));
    }

    @Override
    public Exporter create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        var group = EndpointSettings.endpoint(settings, group(settings.get(URL), settings.get(JOB)));
        var store = new SampleStore(settings.get(EXPIRY), settings.get(MAX_SERIES));
        return new PushgatewayExporter(group, store, context);
    }

    /** Returns the group's URL. The name is in Base64, as a Pushgateway takes it when there may be a slash in it. */
    private static URI group(URI gateway, String job) {
        String base = gateway.toString();
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(job.getBytes(StandardCharsets.UTF_8));
        return URI.create((base.endsWith("/") ? base : base + "/") + "metrics/job@base64/" + name);
    }
}
