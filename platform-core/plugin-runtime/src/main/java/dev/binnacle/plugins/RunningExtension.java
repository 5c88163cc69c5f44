package dev.binnacle.plugins;

import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.generate.ConfigGenerator;

/**
 * A started extension. Its calls go through a guard: they have a time limit, run on the plugin's threads with the plugin's
 * class loader, and throw nothing but the SPI's exceptions.
 */
public sealed interface RunningExtension {
    /** Returns the extension's id. */
    String id();

    /** A started collector. */
    record RunningCollector(String id, Collector collector) implements RunningExtension {}

    /**
     * A receiver that is made, and listens once its {@code start} is called. Calling {@code close} does nothing: the runtime
     * closes what it made.
     */
    record RunningReceiver(String id, Receiver receiver) implements RunningExtension {}

    /** A started exporter. */
    record RunningExporter(String id, Exporter exporter) implements RunningExtension {}

    /** A started generator. */
    record RunningGenerator(String id, ConfigGenerator generator) implements RunningExtension {}
}
