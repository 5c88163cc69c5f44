package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.spi.generate.GeneratorFactory;
import dev.binnacle.spi.testkit.GeneratorContract;

class PrometheusGeneratorContractTest extends GeneratorContract {
    @Override
    protected GeneratorFactory factory() {
        return new PrometheusGeneratorFactory();
    }
}
