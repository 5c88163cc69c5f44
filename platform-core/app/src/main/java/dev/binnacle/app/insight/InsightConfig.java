package dev.binnacle.app.insight;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How the mesh is judged by what Prometheus knows of it. */
@ConfigMapping(prefix = "binnacle.insight")
public interface InsightConfig {
    /** How long a query may take. What has not come by then is said to be missing. */
    @WithDefault("10s")
    Duration timeout();

    /** How long an answer is good for everybody who asks the same. */
    @WithDefault("5s")
    Duration keep();

    /** The largest answer of Prometheus that is read. */
    @WithDefault("64M")
    MemorySize largestAnswer();

    /** The folder with the OpenSLO documents that rules are generated from; objectives have their titles and places from there. */
    @WithDefault("prometheus/slo")
    Path objectives();

    /** The share of failed requests from which on something is degraded, 0 to 1. */
    @WithDefault("0.01")
    double degraded();

    /** The share of failed requests from which on something is failing, 0 to 1. */
    @WithDefault("0.05")
    double failing();

    /** With fewer requests than this in the window nothing is called failing. */
    @WithDefault("20")
    double enough();
}
