package dev.binnacle.app.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How often collectors run. */
@ConfigMapping(prefix = "binnacle.collect")
public interface CollectConfig {
    /** Pause between two runs of one collector. */
    @WithDefault("15s")
    Duration interval();

    /** Pauses that differ, by the collector's id. */
    Map<String, Duration> intervals();
}
