package dev.binnacle.plugin.generators.slo;

import dev.binnacle.spi.generate.GeneratorFactory;
import dev.binnacle.spi.generate.SourceFile;
import dev.binnacle.spi.testkit.GeneratorContract;
import java.util.List;

class SloGeneratorContractTest extends GeneratorContract {
    @Override
    protected GeneratorFactory factory() {
        return new SloGeneratorFactory();
    }

    @Override
    protected List<SourceFile> manifests() {
        return Documents.with("a", "", "availability", "{target: 0.99}");
    }
}
