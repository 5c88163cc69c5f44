package dev.binnacle.app.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where the plugins are and what they may take. */
@ConfigMapping(prefix = "binnacle.plugins")
public interface PluginsConfig {
    /** The folder with the plugins' zips; a missing folder is an empty one. */
    @WithDefault(".binnacle/plugins")
    Path directory();

    /** An own folder for unpacked copies, emptied at every start; {@code .work} in {@link #directory} unless set. */
    Optional<Path> work();

    /** Whether new, replaced and removed zips are noticed by themselves, within two seconds. */
    @WithDefault("false")
    boolean watch();

    /** How long loading and starting one extension may take. */
    @WithDefault("10s")
    Duration startTimeout();

    /** How long one call of an extension may take; a longer one is interrupted and counted as failed. */
    @WithDefault("10s")
    Duration callTimeout();

    /** How long closing one extension may take. */
    @WithDefault("5s")
    Duration stopTimeout();

    /** How many threads the extensions of one plugin share. */
    @WithDefault("4")
    int threads();

    /** Settings of the extensions, by extension id and key. */
    Map<String, Map<String, String>> settings();
}
