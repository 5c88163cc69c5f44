package dev.binnacle.plugin.generators.alerts;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratorFactory;
import java.time.Duration;
import java.util.List;

/** Makes {@code generator-alerts}. */
public final class AlertsGeneratorFactory implements GeneratorFactory {
    static final ConfigKey<Duration> CERTIFICATE_WARNING = new ConfigKey<>(
            "certificate-warning",
            ValueType.DURATION,
            "336h",
            "How long before its end the certificate of a gateway is warned about");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.GENERATOR,
                AlertsGenerator.ID,
                Stability.BETA,
                "Writes alerts for the mesh, its control plane, its gateways and the platform, each with a runbook",
                List.of(CERTIFICATE_WARNING));
    }

    @Override
    public ConfigGenerator create(ExtensionContext context) {
        return new AlertsGenerator(context.settings().get(CERTIFICATE_WARNING));
    }
}
