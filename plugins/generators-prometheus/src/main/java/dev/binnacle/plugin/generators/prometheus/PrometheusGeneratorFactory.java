package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratorFactory;

/** Makes {@code generator-prometheus}. */
public final class PrometheusGeneratorFactory implements GeneratorFactory {
    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.GENERATOR,
                "generator-prometheus",
                Stability.BETA,
                "Writes Prometheus' scrape configuration and the mesh's recording rules",
                PrometheusSettings.KEYS);
    }

    @Override
    public ConfigGenerator create(ExtensionContext context) throws InvalidConfigException {
        return new PrometheusGenerator(PrometheusSettings.from(context.settings()));
    }
}
