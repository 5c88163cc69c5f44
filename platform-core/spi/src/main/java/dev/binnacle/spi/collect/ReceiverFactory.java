package dev.binnacle.spi.collect;

import dev.binnacle.spi.ExtensionFactory;

/**
 * Makes a receiver; listed in {@code META-INF/services/dev.binnacle.spi.collect.ReceiverFactory}. Its kind is
 * {@link dev.binnacle.spi.ExtensionKind#COLLECTOR}: how it comes by what it reports is its own business.
 */
public interface ReceiverFactory extends ExtensionFactory<Receiver> {}
