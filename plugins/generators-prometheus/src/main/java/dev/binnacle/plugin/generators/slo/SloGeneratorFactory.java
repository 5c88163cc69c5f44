package dev.binnacle.plugin.generators.slo;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratorFactory;

/** Makes {@code generator-slo}. */
public final class SloGeneratorFactory implements GeneratorFactory {
    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.GENERATOR,
                SloGenerator.ID,
                Stability.BETA,
                "Writes rules and alerts for service level objectives in OpenSLO",
                SloSettings.KEYS);
    }

    @Override
    public ConfigGenerator create(ExtensionContext context) throws InvalidConfigException {
        return new SloGenerator(SloSettings.from(context.settings()));
    }
}
