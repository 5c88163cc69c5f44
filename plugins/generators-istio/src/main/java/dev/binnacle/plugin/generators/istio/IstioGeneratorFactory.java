package dev.binnacle.plugin.generators.istio;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratorFactory;
import java.util.List;

/** Makes {@code generator-istio}. */
public final class IstioGeneratorFactory implements GeneratorFactory {
    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.GENERATOR,
                IstioGenerator.ID,
                Stability.BETA,
                "Writes Istio's resources for canaries, external hosts, public hosts and metrics within a budget",
                List.of());
    }

    @Override
    public ConfigGenerator create(ExtensionContext context) {
        return new IstioGenerator();
    }
}
