package dev.binnacle.app.plugins;

import dev.binnacle.pipeline.Buffering;
import dev.binnacle.pipeline.Pipeline;
import dev.binnacle.pipeline.trace.TraceStore;
import dev.binnacle.plugins.ExtensionListener;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import dev.binnacle.plugins.RunningExtension.RunningReceiver;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Puts each running extension in its place: what collects and exports into the pipeline, generators into the API. */
final class Extensions implements ExtensionListener {
    private static final Logger LOG = Logger.getLogger(Extensions.class);

    private final Pipeline pipeline;
    private final CollectConfig collect;
    private final TraceStore traces;
    private final Function<String, Optional<Buffering>> buffers;
    private final Map<String, ConfigGenerator> generators = new ConcurrentSkipListMap<>();

    /**
     * Makes a listener.
     *
     * @param buffers the disk buffer of an exporter, by its id
     */
    Extensions(
            Pipeline pipeline,
            CollectConfig collect,
            TraceStore traces,
            Function<String, Optional<Buffering>> buffers) {
        this.pipeline = pipeline;
        this.collect = collect;
        this.traces = traces;
        this.buffers = buffers;
    }

    @Override
    public void started(RunningExtension extension) {
        switch (extension) {
            case RunningCollector(var id, var collector) -> pipeline.addCollector(id, collector, interval(id));
            case RunningReceiver(var id, var receiver) -> start(id, receiver);
            case RunningExporter(var id, var exporter) -> add(id, exporter);
            case RunningGenerator(var id, var generator) -> generators.put(id, generator);
        }
    }

    @Override
    public void stopping(RunningExtension extension) {
        switch (extension) {
            case RunningCollector(var id, var collector) -> pipeline.removeCollector(id);
            case RunningReceiver receiver -> {
                // Listens until the runtime closes it; nobody calls it before.
            }
            case RunningExporter(var id, var exporter) -> pipeline.removeExporter(id);
            case RunningGenerator(var id, var generator) -> generators.remove(id);
        }
    }

    private void add(String id, Exporter exporter) {
        buffers.apply(id)
                .ifPresentOrElse(
                        buffering -> pipeline.addExporter(id, exporter, buffering),
                        () -> pipeline.addExporter(id, exporter));
    }

    /** A receiver that cannot listen says so in its state, too. */
    private void start(String id, Receiver receiver) {
        try {
            receiver.start(intake(id));
        } catch (CollectionException e) {
            LOG.errorf(e, "receiver does not listen id=%s", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Intake intake(String id) {
        return new Intake() {
            @Override
            public void samples(List<Sample> samples) {
                pipeline.publish(id, samples);
            }

            @Override
            public void spans(List<Span> spans) {
                traces.add(spans);
            }
        };
    }

    /** Returns the running generators by id, as they are now. */
    SortedMap<String, ConfigGenerator> generators() {
        return new TreeMap<>(generators);
    }

    private Duration interval(String collectorId) {
        return collect.intervals().getOrDefault(collectorId, collect.interval());
    }
}
