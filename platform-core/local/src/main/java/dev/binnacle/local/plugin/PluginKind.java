package dev.binnacle.local.plugin;

import java.util.Locale;

/** The kinds of extension that there is a project for. */
public enum PluginKind {
    /** Reports what it sees. */
    COLLECTOR("collect.CollectorFactory"),
    /** Delivers samples somewhere else. */
    EXPORTER("export.ExporterFactory"),
    /** Writes configuration files from manifests. */
    GENERATOR("generate.GeneratorFactory");

    private final String factory;

    PluginKind(String factory) {
        this.factory = factory;
    }

    /** Returns the kind as users write it, {@code collector} for example. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind as it ends the names of classes, {@code Collector} for example. */
    String title() {
        return name().charAt(0) + text().substring(1);
    }

    /** Returns the interface under which factories of this kind are listed. */
    String service() {
        return "dev.binnacle.spi." + factory;
    }
}
