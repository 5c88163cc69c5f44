package dev.binnacle.app.plugins;

import dev.binnacle.pipeline.Buffering;
import dev.binnacle.pipeline.PipelineOptions;
import dev.binnacle.pipeline.Retry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How much waits for an exporter, and how patient the pipeline is. */
@ConfigMapping(prefix = "binnacle.pipeline")
public interface PipelineConfig {
    /** The most samples that wait for one exporter; when more come, the oldest are dropped and counted. */
    @WithDefault("200000")
    int queue();

    /** The most samples in one call of an exporter. */
    @WithDefault("5000")
    int batch();

    /** How long samples wait for others to fill a batch. */
    @WithDefault("100ms")
    Duration linger();

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

    /** Where samples wait for exporters that push, so that they outlive the process; nothing is written unless there is such an exporter. */
    @WithDefault(".binnacle/buffers")
    Path buffers();

    /** The most bytes of one exporter's buffer, at least 1 MiB; 0 keeps samples in memory. */
    @WithDefault("268435456")
    long bufferBytes();

    /** The same for some exporters, by id; also for those that are scraped, which have none otherwise. */
    Map<String, Long> bufferBytesOf();

    /** Returns the buffer of an exporter; empty when it has none. */
    default Optional<Buffering> buffering(String exporter, boolean scraped) {
        long bytes = bufferBytesOf().getOrDefault(exporter, scraped ? 0 : bufferBytes());
        return bytes == 0
                ? Optional.empty()
                : Optional.of(new Buffering(buffers().resolve(exporter), bytes));
    }

    /** Returns the options as the pipeline takes them. */
    default PipelineOptions options() {
        return new PipelineOptions(
                queue(),
                batch(),
                linger(),
                new Retry(retryPause(), longestRetryPause(), giveUp()),
                drain(),
                handover());
    }
}
