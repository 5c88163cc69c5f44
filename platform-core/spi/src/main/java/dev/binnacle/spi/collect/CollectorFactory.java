package dev.binnacle.spi.collect;

import dev.binnacle.spi.ExtensionFactory;

/** Makes a collector; listed in {@code META-INF/services/dev.binnacle.spi.collect.CollectorFactory}. */
public interface CollectorFactory extends ExtensionFactory<Collector> {}
