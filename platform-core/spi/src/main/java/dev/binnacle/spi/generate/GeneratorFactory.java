package dev.binnacle.spi.generate;

import dev.binnacle.spi.ExtensionFactory;

/** Makes a generator; listed in {@code META-INF/services/dev.binnacle.spi.generate.GeneratorFactory}. */
public interface GeneratorFactory extends ExtensionFactory<ConfigGenerator> {}
