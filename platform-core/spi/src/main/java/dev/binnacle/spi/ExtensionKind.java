package dev.binnacle.spi;

import java.util.Locale;

/**
 * What an extension does for the platform.
 *
 * <p>A kind is one package of the SPI with one factory interface ({@code collect}, {@code export}, {@code generate}). Kinds that find
 * trouble and put it right, detectors and remedies, get theirs beside these with the work that needs them; a minor version of the SPI
 * may add a kind.
 */
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
