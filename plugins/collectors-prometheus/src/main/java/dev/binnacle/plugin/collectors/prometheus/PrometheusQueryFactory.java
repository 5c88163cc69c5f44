package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.plugin.collectors.prometheus.query.QueryCollector;
import dev.binnacle.plugin.collectors.prometheus.query.QueryLimits;
import dev.binnacle.prometheus.config.QueryFile;
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
import java.util.List;

/** Makes {@code collector-prometheus-query}. */
public final class PrometheusQueryFactory implements CollectorFactory {
    static final ConfigKey<String> CONFIG_FILE = new ConfigKey<>(
            "config-file", ValueType.TEXT, null, "A file that says which server is asked which queries, and how");
    static final ConfigKey<Integer> LARGEST_ANSWER = new ConfigKey<>(
            "max-answer-bytes", ValueType.INTEGER, "33554432", "The most bytes of the answer to one query");
    static final ConfigKey<Integer> MOST_SERIES =
            new ConfigKey<>("max-series", ValueType.INTEGER, "10000", "The most series of the answer to one query");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-prometheus-query",
                Stability.BETA,
                "Asks a Prometheus queries and passes their answers on",
                List.of(CONFIG_FILE, ConfigFileSettings.ALLOWED, LARGEST_ANSWER, MOST_SERIES),
                new Capabilities(List.of("*"), List.of("{config-file}")));
    }

    @Override
    public Collector create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        return new QueryCollector(
                ConfigFileSettings.read(settings.get(CONFIG_FILE), QueryFile::read),
                new QueryLimits(settings.get(LARGEST_ANSWER), settings.get(MOST_SERIES)),
                ConfigFileSettings.addresses(settings),
                context.log());
    }
}
