package dev.binnacle.spi.export;

import dev.binnacle.spi.ExtensionFactory;

/** Makes an exporter; listed in {@code META-INF/services/dev.binnacle.spi.export.ExporterFactory}. */
public interface ExporterFactory extends ExtensionFactory<Exporter> {}
