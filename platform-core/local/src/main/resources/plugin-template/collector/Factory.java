package @package@;

import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Makes {@code collector-@name@}. */
public final class @Class@CollectorFactory implements CollectorFactory {
    static final ConfigKey<URI> URL = new ConfigKey<>("url", ValueType.URL, null, "The page that shows a number");
    static final ConfigKey<Duration> TIMEOUT =
            new ConfigKey<>("timeout", ValueType.DURATION, "3s", "How long the page may take");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-@name@",
                Stability.EXPERIMENTAL,
                "Reads a number from a page",
                List.of(URL, TIMEOUT),
                Capabilities.hosts("{url}"));
    }

    @Override
    public Collector create(ExtensionContext context) {
        var settings = context.settings();
        return new @Class@Collector(context.http(), settings.get(URL), settings.get(TIMEOUT));
    }
}
