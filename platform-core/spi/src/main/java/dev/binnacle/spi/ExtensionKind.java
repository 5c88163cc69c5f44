package dev.binnacle.spi;

import java.util.Locale;

/** What an extension does for the platform. */
public enum ExtensionKind {
    /** Reports what it saw, or what others told it. */
    COLLECTOR,
    /** Delivers samples somewhere else. */
    EXPORTER,
    /** Writes configuration files from manifests. */
    GENERATOR;

    /** Returns the kind as it begins an extension's id, for example {@code collector}. */
    public String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
