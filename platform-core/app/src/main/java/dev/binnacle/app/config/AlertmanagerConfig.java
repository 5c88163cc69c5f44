package dev.binnacle.app.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** The Alertmanager that Prometheus tells. */
@ConfigMapping(prefix = "binnacle.alertmanager")
public interface AlertmanagerConfig {
    /** Where it is asked which alerts there are. */
    @WithDefault("http://127.0.0.1:9093")
    URI url();
}
