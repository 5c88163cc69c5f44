package dev.binnacle.app.traces;

import dev.binnacle.pipeline.trace.TraceLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many of the last traces are kept in memory. */
@ConfigMapping(prefix = "binnacle.traces")
public interface TracesConfig {
    /** The most traces; when more come, those that got no span for longest make room. */
    @WithDefault("5000")
    int count();

    /** The most memory that they take, as estimated. */
    @WithDefault("24M")
    MemorySize memory();

    /** The most spans of one trace; more are dropped and counted. */
    @WithDefault("2000")
    int spansOfTrace();

    /** Returns the limits as the store takes them. */
    default TraceLimits limits() {
        return new TraceLimits(count(), memory().asLongValue(), spansOfTrace());
    }
}
