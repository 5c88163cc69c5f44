package dev.binnacle.plugin.generator.grafana;

import dev.binnacle.spi.generate.GeneratorFactory;
import dev.binnacle.spi.testkit.GeneratorContract;

class GrafanaGeneratorContractTest extends GeneratorContract {
    @Override
    protected GeneratorFactory factory() {
        return new GrafanaGeneratorFactory();
    }
}
