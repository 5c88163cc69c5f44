package dev.binnacle.app.plugins;

import dev.binnacle.plugins.supply.Trust;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    /** Whether a plugin needs a signature, in a file beside it whose name ends with {@code .sig}, by a trusted key. */
    @WithDefault("optional")
    Signatures signatures();

    /** PEM files with the Ed25519 public keys of those whose plugins are taken. */
    Optional<List<Path>> trustedKeys();

    /** What happens to a plugin without a signature. */
    enum Signatures {
        /** It is loaded; a signature that is there, and keys to check it, have to fit all the same. */
        OPTIONAL,
        /** It is refused. */
        REQUIRED
    }

    /** Returns whose plugins are loaded. */
    default Trust trust() {
        return new Trust(signatures() == Signatures.REQUIRED, trustedKeys().orElse(List.of()));
    }

    /** Settings of the extensions, by extension id and key. */
    Map<String, Map<String, String>> settings();
}
