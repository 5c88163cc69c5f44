package dev.binnacle.app.plugins;

import dev.binnacle.pipeline.CollectorStats;
import dev.binnacle.pipeline.DropReason;
import dev.binnacle.pipeline.LaneStats;
import dev.binnacle.pipeline.Pipeline;
import dev.binnacle.plugins.ExtensionState;
import dev.binnacle.plugins.ExtensionStatus;
import dev.binnacle.plugins.PluginRuntime;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The host's own metrics about plugins. Their values are read at the moment of a scrape. */
final class PluginMetrics {
    private record Key(String what, String id, String plugin) {}

    private final MeterRegistry registry;
    private final PluginRuntime runtime;
    private final Pipeline pipeline;
    private final Map<Key, List<Meter>> bound = new HashMap<>();

    PluginMetrics(MeterRegistry registry, PluginRuntime runtime, Pipeline pipeline) {
        this.registry = registry;
        this.runtime = runtime;
        this.pipeline = pipeline;
    }

    /** Adds meters for what is new and removes those of what is gone; call it after plugins were loaded or unloaded. */
    synchronized void follow() {
        var present = new HashSet<Key>();
        for (var status : runtime.statuses()) {
            bind(new Key("extension", status.id(), status.plugin()), present);
        }
        runtime.abandonedCalls().keySet().forEach(plugin -> bind(new Key("plugin", plugin, plugin), present));
        runtime.leaks().forEach(leak -> bind(new Key("leak", leak.what(), leak.plugin()), present));
        bind(new Key("runtime", "", ""), present);
        pipeline.collectors().keySet().forEach(id -> bind(new Key("collector", id, ""), present));
        pipeline.exporters().keySet().forEach(id -> bind(new Key("exporter", id, ""), present));
        removeAllBut(present);
    }

    private void bind(Key key, Set<Key> present) {
        present.add(key);
        bound.computeIfAbsent(key, absent -> switch (absent.what()) {
            case "extension" -> statusMeters(absent);
            case "plugin" -> List.of(abandonedCalls(absent.id()), restarts(absent.id()));
            case "leak" -> List.of(leaks(absent));
            case "runtime" -> List.of(oldLoaders());
            case "collector" -> collectorMeters(absent.id());
            default -> exporterMeters(absent.id());
        });
    }

    private void removeAllBut(Set<Key> present) {
        bound.entrySet().removeIf(entry -> {
            boolean gone = !present.contains(entry.getKey());
            if (gone) {
                entry.getValue().forEach(registry::remove);
            }
            return gone;
        });
    }

    private List<Meter> statusMeters(Key key) {
        var meters = new ArrayList<Meter>();
        for (var state : ExtensionState.values()) {
            meters.add(Gauge.builder("binnacle_extension_status", runtime, r -> isIn(r, key, state) ? 1 : 0)
                    .description("1 for the state that the extension is in, 0 for the others")
                    .tags("extension", key.id(), "plugin", key.plugin(), "status", state.text())
                    .register(registry));
        }
        return meters;
    }

    private static boolean isIn(PluginRuntime runtime, Key key, ExtensionState state) {
        return runtime.statuses().stream()
                .filter(status ->
                        status.id().equals(key.id()) && status.plugin().equals(key.plugin()))
                .map(ExtensionStatus::state)
                .anyMatch(state::equals);
    }

    private Meter abandonedCalls(String plugin) {
        return Gauge.builder(
                        "binnacle_plugin_abandoned_calls",
                        runtime,
                        r -> r.abandonedCalls().getOrDefault(plugin, 0))
                .description("Calls into the plugin that nobody waits for any more and that still run")
                .tags("plugin", plugin)
                .register(registry);
    }

    private Meter restarts(String plugin) {
        return FunctionCounter.builder(
                        "binnacle_plugin_restarts", runtime, r -> r.restarts().getOrDefault(plugin, 0L))
                .description("Times that something of the plugin was started again because it had failed")
                .tags("plugin", plugin)
                .register(registry);
    }

    private Meter leaks(Key key) {
        return Gauge.builder(
                        "binnacle_plugin_leaks",
                        runtime,
                        r -> r.leaks().stream()
                                .filter(leak -> leak.what().equals(key.id())
                                        && leak.plugin().equals(key.plugin()))
                                .count())
                .description("What the plugin left behind when it was unloaded; the log names each")
                .tags("plugin", key.plugin(), "what", key.id())
                .register(registry);
    }

    private Meter oldLoaders() {
        return Gauge.builder("binnacle_plugin_old_class_loaders", runtime, PluginRuntime::oldLoaders)
                .description("Class loaders of unloaded plugins that are in memory still")
                .register(registry);
    }

    private List<Meter> collectorMeters(String id) {
        return List.of(
                runs(id, "runs", "Runs that ended", CollectorStats::runs),
                runs(id, "failures", "Runs that reported nothing but a failure", CollectorStats::failures),
                runs(id, "skipped_runs", "Runs left out because an earlier one still went on", CollectorStats::skipped),
                runs(id, "samples", "Samples reported", CollectorStats::samples),
                runs(id, "stranded_samples", "Samples that no exporter was there for", CollectorStats::stranded),
                Gauge.builder("binnacle_collector_last_run_seconds", pipeline, p -> lastRunSeconds(p, id))
                        .description("How long the collector's last run took")
                        .tags("collector", id)
                        .register(registry));
    }

    private static double lastRunSeconds(Pipeline pipeline, String id) {
        var stats = pipeline.collectors().get(id);
        return stats == null ? Double.NaN : stats.lastDuration().toNanos() / 1e9;
    }

    private Meter runs(String id, String name, String help, ToDoubleFunction<CollectorStats> value) {
        return FunctionCounter.builder("binnacle_collector_" + name, pipeline, p -> {
                    var stats = p.collectors().get(id);
                    return stats == null ? Double.NaN : value.applyAsDouble(stats);
                })
                .description(help)
                .tags("collector", id)
                .register(registry);
    }

    private List<Meter> exporterMeters(String id) {
        var meters = new ArrayList<Meter>();
        meters.add(samples(id, "received_samples", "Samples that collectors gave", Tags.empty(), LaneStats::received));
        meters.add(
                samples(id, "exported_samples", "Samples that the exporter took", Tags.empty(), LaneStats::exported));
        meters.add(
                samples(id, "export_failures", "Calls of the exporter that failed", Tags.empty(), LaneStats::failures));
        for (var reason : DropReason.values()) {
            var tags = Tags.of("reason", reason.label());
            String help = "Samples that did not get through";
            meters.add(samples(id, "dropped_samples", help, tags, stats -> dropped(stats, reason)));
        }
        meters.add(samples(
                id,
                "buffer_failures",
                "How often the exporter's disk buffer did not do what it was asked for",
                Tags.empty(),
                LaneStats::bufferFailures));
        meters.add(
                Gauge.builder("binnacle_pipeline_buffer_bytes", pipeline, p -> exporter(p, id, LaneStats::bufferBytes))
                        .description("What the samples that wait on disk take there")
                        .tags("exporter", id)
                        .register(registry));
        meters.add(Gauge.builder("binnacle_pipeline_queued_samples", pipeline, p -> exporter(p, id, LaneStats::queued))
                .description("Samples that wait for the exporter")
                .tags("exporter", id)
                .register(registry));
        return meters;
    }

    private Meter samples(String id, String name, String help, Tags tags, ToDoubleFunction<LaneStats> value) {
        return FunctionCounter.builder("binnacle_pipeline_" + name, pipeline, p -> exporter(p, id, value))
                .description(help)
                .tags(tags.and("exporter", id))
                .register(registry);
    }

    private static double dropped(LaneStats stats, DropReason reason) {
        return stats.dropped().getOrDefault(reason, 0L);
    }

    private static double exporter(Pipeline pipeline, String id, ToDoubleFunction<LaneStats> value) {
        var stats = pipeline.exporters().get(id);
        return stats == null ? Double.NaN : value.applyAsDouble(stats);
    }
}
