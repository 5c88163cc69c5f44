package dev.binnacle.app.plugins;

import dev.binnacle.pipeline.PipelineOptions;
import dev.binnacle.pipeline.Retry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much waits for an exporter, and how patient the pipeline is. */
@ConfigMapping(prefix = "binnacle.pipeline")
public interface PipelineConfig {
    /** The most samples that wait for one exporter; when more come, the oldest are dropped and counted. */
    @WithDefault("200000")
    int queue();

    /** The most samples in one call of an exporter. */
    @WithDefault("5000")
    int batch();

    /** The pause after the first of several transient failures; each further one is twice as long. */
    @WithDefault("500ms")
    Duration retryPause();

    /** No pause is longer, unless the receiver asks for it. */
    @WithDefault("30s")
    Duration longestRetryPause();

    /** A batch that could not be delivered for this long is dropped and counted. */
    @WithDefault("5m")
    Duration giveUp();

    /** How long a stop waits for the queues to empty. */
    @WithDefault("2s")
    Duration drain();

    /** How long samples are kept for an exporter that was taken away, perhaps to be reloaded. */
    @WithDefault("1m")
    Duration handover();

    /** Returns the options as the pipeline takes them. */
    default PipelineOptions options() {
        return new PipelineOptions(
                queue(), batch(), new Retry(retryPause(), longestRetryPause(), giveUp()), drain(), handover());
    }
}
