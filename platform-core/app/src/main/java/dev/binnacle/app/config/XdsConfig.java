package dev.binnacle.app.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The server that Envoys get their configuration from. */
@ConfigMapping(prefix = "binnacle.xds")
public interface XdsConfig {
    /** Off in a cluster, where istiod configures the Envoys. */
    @WithDefault("true")
    boolean enabled();

    /** The address to listen on. There is no transport security: keep it on loopback. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on, istiod's plaintext port by default; 0 takes a free one. */
    @WithDefault("15010")
    int port();
}
