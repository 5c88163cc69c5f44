package dev.binnacle.pipeline;

import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Runs collectors on their schedule and gives what they report to the exporters that the {@linkplain Routes routes} lead to,
 * each through a queue of its own, so that a slow exporter delays nobody.
 *
 * <p>May be used by several threads at once. The accounts of collectors and exporters go on when one is taken away and
 * another comes under the same id.
 */
public final class Pipeline implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Pipeline.class.getName());

    private final Routes routes;
    private final PipelineOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, CollectorLoop> loops = new ConcurrentHashMap<>();
    private final Map<String, CollectorStats> collectorStats = new ConcurrentSkipListMap<>();
    private final Set<String> stranded = ConcurrentHashMap.newKeySet();
    private final Map<String, ExporterLane> lanes = new ConcurrentSkipListMap<>();

    /**
     * Makes a pipeline without collectors and exporters.
     *
     * @param routes who gets whose samples
     * @param random where the chance in pauses comes from; safe for several threads
     */
    public Pipeline(Routes routes, PipelineOptions options, InstantSource clock, RandomGenerator random) {
        this.routes = routes;
        this.options = options;
        this.clock = clock;
        this.random = random;
    }

    /** Runs {@code collector} now and then every {@code interval}; a run that takes longer skips the next ones. */
    public void addCollector(String id, Collector collector, Duration interval) {
        removeCollector(id);
        collectorStats.putIfAbsent(id, CollectorStats.NONE);
        var loop = new CollectorLoop(
                id, collector, interval, clock, samples -> lead(id, samples), change -> account(id, change));
        loops.put(id, loop);
        loop.start();
    }

    /** Stops running the collector: nobody calls it any more when this returns. Does not close it. */
    public void removeCollector(String id) {
        var loop = loops.remove(id);
        if (loop != null) {
            loop.stop();
        }
    }

    /**
     * Gives {@code exporter} every sample from now on, and those that its predecessor of the same id left. What waits is in memory, or
     * where its predecessor's was.
     */
    public void addExporter(String id, Exporter exporter) {
        lane(id, () -> new MemoryBacklog(options.queue())).attach(exporter);
    }

    /**
     * Gives {@code exporter} every sample from now on, and those that are in the buffer. What waits is on disk from the first exporter
     * of this id on; a transient failure is tried for as long as there is room.
     */
    public void addExporter(String id, Exporter exporter, Buffering buffering) {
        lane(id, () -> new DiskBacklog(buffering, options.queue())).attach(exporter);
    }

    /** Stops using the exporter: nobody calls it any more when this returns. Does not close it. */
    public void removeExporter(String id) {
        var lane = lanes.get(id);
        if (lane != null) {
            lane.detach();
        }
    }

    /**
     * Stops using the exporter for good: what waits for it is dropped and counted, and its buffer on disk is deleted, whether it was in
     * use or not. It may be added again.
     *
     * @return how many samples are dropped
     */
    public long discardExporter(String id, Buffering buffering) {
        return lane(id, () -> new DiskBacklog(buffering, options.queue())).discard();
    }

    /**
     * Takes what a receiver was told; never waits.
     *
     * @param receiver its id
     */
    public void publish(String receiver, List<Sample> samples) {
        collectorStats.putIfAbsent(receiver, CollectorStats.NONE);
        account(receiver, stats -> stats.afterReceiving(samples.size()));
        lead(receiver, samples);
    }

    private void lead(String collector, List<Sample> samples) {
        boolean arrived = false;
        for (var lane : lanes.entrySet()) {
            if (!lane.getValue().isGone() && routes.lead(collector, lane.getKey())) {
                lane.getValue().offer(samples);
                arrived = true;
            }
        }
        if (!arrived && !samples.isEmpty()) {
            account(collector, stats -> stats.afterLosing(samples.size()));
            // Once; the counter tells how much it is.
            if (stranded.add(collector)) {
                LOG.log(Level.WARNING, "no exporter takes what is collected collector={0}", collector);
            }
        }
    }

    /** Returns the accounts of all exporters that ever were, by id. */
    public Map<String, LaneStats> exporters() {
        var stats = new TreeMap<String, LaneStats>();
        lanes.forEach((id, lane) -> stats.put(id, lane.stats()));
        return stats;
    }

    /** Returns the accounts of all collectors that ever were, by id. */
    public Map<String, CollectorStats> collectors() {
        return new TreeMap<>(collectorStats);
    }

    /** Stops the collectors, lets the exporters finish for a while, and counts what is left in memory as dropped. */
    @Override
    public void close() {
        List.copyOf(loops.keySet()).forEach(this::removeCollector);
        lanes.values().forEach(ExporterLane::close);
    }

    private ExporterLane lane(String id, Supplier<Backlog> backlog) {
        return lanes.computeIfAbsent(id, key -> new ExporterLane(key, options, random, backlog.get()));
    }

    private void account(String id, UnaryOperator<CollectorStats> change) {
        collectorStats.computeIfPresent(id, (key, stats) -> change.apply(stats));
    }
}
