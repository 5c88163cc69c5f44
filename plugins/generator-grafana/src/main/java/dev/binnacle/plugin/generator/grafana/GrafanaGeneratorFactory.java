package dev.binnacle.plugin.generator.grafana;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratorFactory;

/** Makes {@code generator-grafana}. */
public final class GrafanaGeneratorFactory implements GeneratorFactory {
    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.GENERATOR,
                GrafanaGenerator.ID,
                Stability.BETA,
                "Writes dashboards for Grafana and their provisioning",
                GrafanaSettings.KEYS);
    }

    @Override
    public ConfigGenerator create(ExtensionContext context) throws InvalidConfigException {
        return new GrafanaGenerator(GrafanaSettings.from(context.settings()));
    }
}
