package dev.binnacle.app.plugins;

import dev.binnacle.pipeline.Pipeline;
import dev.binnacle.plugins.ExtensionListener;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import dev.binnacle.spi.generate.ConfigGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Puts each running extension in its place: collectors and exporters into the pipeline, generators into the API. */
final class Extensions implements ExtensionListener {
    private final Pipeline pipeline;
    private final CollectConfig collect;
    private final Map<String, ConfigGenerator> generators = new ConcurrentSkipListMap<>();

    Extensions(Pipeline pipeline, CollectConfig collect) {
        this.pipeline = pipeline;
        this.collect = collect;
    }

    @Override
    public void started(RunningExtension extension) {
        switch (extension) {
            case RunningCollector(var id, var collector) -> pipeline.addCollector(id, collector, interval(id));
            case RunningExporter(var id, var exporter) -> pipeline.addExporter(id, exporter);
            case RunningGenerator(var id, var generator) -> generators.put(id, generator);
        }
    }

    @Override
    public void stopping(RunningExtension extension) {
        switch (extension) {
            case RunningCollector(var id, var collector) -> pipeline.removeCollector(id);
            case RunningExporter(var id, var exporter) -> pipeline.removeExporter(id);
            case RunningGenerator(var id, var generator) -> generators.remove(id);
        }
    }

    Optional<ConfigGenerator> generator(String id) {
        return Optional.ofNullable(generators.get(id));
    }

    List<String> generators() {
        return List.copyOf(generators.keySet());
    }

    private Duration interval(String collectorId) {
        return collect.intervals().getOrDefault(collectorId, collect.interval());
    }
}
