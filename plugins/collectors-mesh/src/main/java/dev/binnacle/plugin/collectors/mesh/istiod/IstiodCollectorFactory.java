package dev.binnacle.plugin.collectors.mesh.istiod;

import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.prometheus.sink.EndpointSettings;
import dev.binnacle.prometheus.sink.PlainUrl;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Makes {@code collector-istiod}. */
public final class IstiodCollectorFactory implements CollectorFactory {
    static final ConfigKey<List<URI>> URLS = new ConfigKey<>(
            "urls",
            new ValueType<>(
                    "http or https URLs without user and password, with commas between",
                    text -> ValueType.LIST.parser().apply(text).stream()
                            .map(IstiodCollectorFactory::url)
                            .distinct()
                            .toList()),
            null,
            "Every istiod, such as http://istiod.istio-system:15014; each knows only the proxies connected to it");
    static final ConfigKey<Duration> TIMEOUT =
            new ConfigKey<>("timeout", ValueType.DURATION, "5s", "How long the answer of one istiod may take");
    static final ConfigKey<Integer> MOST_PROXIES = new ConfigKey<>(
            "max-proxies",
            ValueType.INTEGER,
            "500",
            "How many proxies of one istiod have series of their own, those in trouble first; all are counted");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-istiod",
                Stability.BETA,
                "Reads from istiod how far each proxy is with its configuration, and what it refuses",
                EndpointSettings.credentialsWith(URLS, TIMEOUT, MOST_PROXIES),
                Capabilities.hosts("{urls}"));
    }

    @Override
    public Collector create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        var options = EndpointSettings.options(settings);
        var watch = new Watch("collector-istiod");
        var istiods = settings.get(URLS).stream()
                .map(url -> new Istiod(url, options, settings.get(TIMEOUT), watch))
                .toList();
        return new IstiodCollector(istiods, settings.get(MOST_PROXIES), watch, context.log());
    }

    private static URI url(String text) {
        return PlainUrl.TYPE.parser().apply(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }
}
