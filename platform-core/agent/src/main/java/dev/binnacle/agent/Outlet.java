package dev.binnacle.agent;

import dev.binnacle.pipeline.Buffering;
import dev.binnacle.pipeline.LaneStats;
import dev.binnacle.pipeline.Pipeline;
import dev.binnacle.pipeline.PipelineOptions;
import dev.binnacle.pipeline.Retry;
import dev.binnacle.pipeline.Routes;
import dev.binnacle.prometheus.config.QueueConfig;
import dev.binnacle.prometheus.config.RemoteWriteConfig;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The way to one receiver, with the queue that is configured for it. */
final class Outlet implements AutoCloseable {
    private static final String SCRAPES = "scrape";
    private static final Duration NEVER = Duration.ofDays(10_000);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final String name;
    private final Exporter exporter;
    private final Pipeline pipeline;

    private Outlet(String name, Exporter exporter, PipelineOptions options) {
        this.name = name;
        this.exporter = exporter;
        this.pipeline = new Pipeline(Routes.ALL_TO_ALL, options, InstantSource.system(), RandomGenerator.getDefault());
    }

    static Outlet start(RemoteWriteConfig config, Exporter exporter, @Nullable Storage storage) {
        var outlet = new Outlet(name(config), exporter, options(config.queue()));
        if (storage == null) {
            outlet.pipeline.addExporter(outlet.name, exporter);
        } else {
            var folder = storage.folder().resolve(outlet.name);
            outlet.pipeline.addExporter(outlet.name, exporter, new Buffering(folder, storage.bytes()));
        }
        return outlet;
    }

    /** Returns the receiver's own name, or one made of its URL, which stays when others come and go. */
    static String name(RemoteWriteConfig config) {
        byte[] url = config.url().toString().getBytes(StandardCharsets.UTF_8);
        return config.name().matches("[A-Za-z0-9_-]+")
                ? config.name()
                : "remote-write-" + UUID.nameUUIDFromBytes(url).toString().substring(0, 8);
    }

    String name() {
        return name;
    }

    void publish(List<Sample> samples) {
        pipeline.publish(SCRAPES, samples);
    }

    LaneStats stats() {
        return Objects.requireNonNull(pipeline.exporters().get(name));
    }

    /** Waits a while for the receiver to take what waits; the rest stays on disk, or is lost and counted. */
    @Override
    public void close() {
        pipeline.close();
        exporter.close();
    }

    private static PipelineOptions options(QueueConfig queue) {
        int batch = queue.maxSamplesPerSend();
        int most = Math.max(batch, (int) Math.min(Integer.MAX_VALUE, (long) queue.capacity() * queue.maxShards()));
        return new PipelineOptions(
                most,
                batch,
                queue.batchSendDeadline(),
                new Retry(queue.minBackoff(), queue.maxBackoff(), NEVER),
                DRAIN,
                NEVER);
    }
}
