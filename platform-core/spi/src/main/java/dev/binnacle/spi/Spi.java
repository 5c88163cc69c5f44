package dev.binnacle.spi;

/** The contract between the host and plugins, as a whole. */
public final class Spi {
    /**
     * The version of this contract, by semantic versioning.
     *
     * <p>A plugin names the versions it can live with as {@code plugin.requires} in its {@code plugin.properties},
     * for example {@code >=0.1.0 & <1.0.0}; the host refuses it otherwise, and says so. It may also name the version that it was
     * compiled against, as {@code plugin.spi}: the host refuses one of another major version, or newer than its own.
     */
    public static final String VERSION = "0.5.0";

    private Spi() {}
}
