package dev.binnacle.plugin.generators.alerts;

import dev.binnacle.spi.generate.GeneratorFactory;
import dev.binnacle.spi.testkit.GeneratorContract;

class AlertsGeneratorContractTest extends GeneratorContract {
    @Override
    protected GeneratorFactory factory() {
        return new AlertsGeneratorFactory();
    }
}
