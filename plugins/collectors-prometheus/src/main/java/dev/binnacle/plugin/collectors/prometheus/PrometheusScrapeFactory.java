package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.prometheus.config.ConfigFile;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.util.List;

/** Makes {@code collector-prometheus-scrape}. */
public final class PrometheusScrapeFactory implements ReceiverFactory {
    static final ConfigKey<String> CONFIG_FILE = new ConfigKey<>(
            "config-file",
            ValueType.TEXT,
            null,
            "A Prometheus configuration file; its scrape_configs are what is scraped");
    static final ConfigKey<Integer> LARGEST_PAGE = new ConfigKey<>(
            "max-page-bytes",
            ValueType.INTEGER,
            "268435456",
            "The most bytes of a page, unpacked, for jobs without a body_size_limit");
    static final ConfigKey<Integer> MOST_SERIES =
            new ConfigKey<>("max-series", ValueType.INTEGER, "500000", "The most series of one target");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-prometheus-scrape",
                Stability.BETA,
                "Scrapes targets as Prometheus does, by its own configuration file",
                List.of(CONFIG_FILE, ConfigFileSettings.ALLOWED, LARGEST_PAGE, MOST_SERIES),
                new Capabilities(List.of("*"), List.of("{config-file}")));
    }

    @Override
    public Receiver create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        var config = ConfigFileSettings.read(settings.get(CONFIG_FILE), file -> ConfigFile.read(file, System.getenv()));
        return new ScrapeReceiver(
                config.scrapeConfigs(),
                new ScrapeOptions(
                        ConfigFileSettings.addresses(settings), settings.get(LARGEST_PAGE), settings.get(MOST_SERIES)),
                context.clock(),
                context.meters(),
                context.log());
    }
}
