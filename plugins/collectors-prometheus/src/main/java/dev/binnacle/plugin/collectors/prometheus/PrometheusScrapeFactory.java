package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.prometheus.config.ConfigFile;
import dev.binnacle.prometheus.config.FileProblem;
import dev.binnacle.prometheus.config.InvalidFileException;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes {@code collector-prometheus-scrape}. */
public final class PrometheusScrapeFactory implements ReceiverFactory {
    static final ConfigKey<String> CONFIG_FILE = new ConfigKey<>(
            "config-file",
            ValueType.TEXT,
            null,
            "A Prometheus configuration file; its scrape_configs are what is scraped");
    static final ConfigKey<List<String>> ALLOWED = new ConfigKey<>(
            "allowed-addresses",
            ValueType.LIST,
            "",
            "Link-local and metadata addresses that may be connected to all the same: addresses, or networks such as"
                    + " 169.254.20.0/24");
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
                List.of(CONFIG_FILE, ALLOWED, LARGEST_PAGE, MOST_SERIES),
                new Capabilities(List.of("*"), List.of("{config-file}")));
    }

    @Override
    public Receiver create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        try {
            var config = ConfigFile.read(Path.of(settings.get(CONFIG_FILE)), System.getenv());
            return new ScrapeReceiver(
                    config.scrapeConfigs(),
                    new ScrapeOptions(
                            new AddressRule(settings.get(ALLOWED)),
                            settings.get(LARGEST_PAGE),
                            settings.get(MOST_SERIES)),
                    context.clock(),
                    context.meters(),
                    context.log());
        } catch (InvalidFileException e) {
            throw new InvalidConfigException(
                    e.problems().stream().map(PrometheusScrapeFactory::problem).toList());
        } catch (IOException e) {
            throw problem(CONFIG_FILE, "the file cannot be read: " + e, "Name a file that is there");
        } catch (IllegalArgumentException e) {
            throw problem(ALLOWED, String.valueOf(e.getMessage()), "Write addresses or networks");
        }
    }

    private static ConfigProblem problem(FileProblem problem) {
        return new ConfigProblem(CONFIG_FILE.name(), problem.toString(), "Change the file");
    }

    private static InvalidConfigException problem(ConfigKey<?> key, String message, String fix) {
        return new InvalidConfigException(List.of(new ConfigProblem(key.name(), message, fix)));
    }
}
