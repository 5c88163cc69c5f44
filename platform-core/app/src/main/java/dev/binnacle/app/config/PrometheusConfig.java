package dev.binnacle.app.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** The Prometheus that scrapes this instance. */
@ConfigMapping(prefix = "binnacle.prometheus")
public interface PrometheusConfig {
    /** Its own address: it is asked there, and scrapes itself there. */
    @WithDefault("http://127.0.0.1:9090")
    URI url();
}
