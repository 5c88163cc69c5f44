package @package@;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratorFactory;
import java.util.List;

/** Makes {@code generator-@name@}. */
public final class @Class@GeneratorFactory implements GeneratorFactory {
    static final ConfigKey<String> PATH =
            new ConfigKey<>("path", ValueType.TEXT, "prometheus/@name@.txt", "The file that is generated");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.GENERATOR,
                "generator-@name@",
                Stability.EXPERIMENTAL,
                "Lists the manifests of the mesh",
                List.of(PATH));
    }

    @Override
    public ConfigGenerator create(ExtensionContext context) {
        return new @Class@Generator(context.settings().get(PATH));
    }
}
