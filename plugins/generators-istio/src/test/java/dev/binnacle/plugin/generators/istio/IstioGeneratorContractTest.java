package dev.binnacle.plugin.generators.istio;

import dev.binnacle.spi.generate.GeneratorFactory;
import dev.binnacle.spi.generate.SourceFile;
import dev.binnacle.spi.testkit.GeneratorContract;
import java.util.List;

class IstioGeneratorContractTest extends GeneratorContract {
    @Override
    protected GeneratorFactory factory() {
        return new IstioGeneratorFactory();
    }

    @Override
    protected List<SourceFile> manifests() {
        return Shop.with("wanted.yaml", Shop.read("wanted.yaml"));
    }
}
