package @package@;

import dev.binnacle.spi.generate.GeneratorFactory;
import dev.binnacle.spi.generate.SourceFile;
import dev.binnacle.spi.testkit.GeneratorContract;
import java.util.List;

/** Runs the contract of every generator; add tests of what this one writes beside it. */
class @Class@GeneratorContractTest extends GeneratorContract {
    @Override
    protected GeneratorFactory factory() {
        return new @Class@GeneratorFactory();
    }

    @Override
    protected List<SourceFile> manifests() {
        return List.of(new SourceFile("b.yaml", "kind: Service\n"), new SourceFile("a.yaml", "kind: Service\n"));
    }
}
