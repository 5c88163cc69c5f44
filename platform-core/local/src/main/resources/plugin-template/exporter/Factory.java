package @package@;

import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.export.ExporterFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Makes {@code exporter-@name@}. */
public final class @Class@ExporterFactory implements ExporterFactory {
    static final ConfigKey<URI> URL = new ConfigKey<>("url", ValueType.URL, null, "Where samples are posted");
    static final ConfigKey<Duration> TIMEOUT =
            new ConfigKey<>("timeout", ValueType.DURATION, "5s", "How long one batch may take");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.EXPORTER,
                "exporter-@name@",
                Stability.EXPERIMENTAL,
                "Posts samples as lines of text",
                List.of(URL, TIMEOUT),
                Capabilities.hosts("{url}"));
    }

    @Override
    public Exporter create(ExtensionContext context) {
        var settings = context.settings();
        return new @Class@Exporter(context.http(), settings.get(URL), settings.get(TIMEOUT));
    }
}
