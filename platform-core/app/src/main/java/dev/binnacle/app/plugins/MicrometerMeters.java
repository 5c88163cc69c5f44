package dev.binnacle.app.plugins;

import dev.binnacle.plugins.PluginHost.HostMeters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** One extension's meters in the application's registry, as long as the extension lives. */
final class MicrometerMeters implements HostMeters {
    private static final String PREFIX = "binnacle_plugin_";
    private static final String EXTENSION = "extension";

    private final String extensionId;
    private final MeterRegistry registry;
    private final Map<String, GaugeCell> gauges = new ConcurrentHashMap<>();
    private final Map<String, io.micrometer.core.instrument.Counter> counters = new ConcurrentHashMap<>();

    private record GaugeCell(AtomicReference<Double> value, Meter meter) {}

    MicrometerMeters(String extensionId, MeterRegistry registry) {
        this.extensionId = extensionId;
        this.registry = registry;
    }

    @Override
    public Counter counter(String name, String help) {
        return counters.computeIfAbsent(
                name,
                key -> io.micrometer.core.instrument.Counter.builder(PREFIX + key)
                        .description(help)
                        .tag(EXTENSION, extensionId)
                        .register(registry))::increment;
    }

    @Override
    public Gauge gauge(String name, String help) {
        var cell = gauges.computeIfAbsent(name, key -> newGauge(key, help));
        return cell.value()::set;
    }

    @Override
    public void close() {
        counters.values().forEach(registry::remove);
        gauges.values().forEach(cell -> registry.remove(cell.meter()));
    }

    private GaugeCell newGauge(String name, String help) {
        var value = new AtomicReference<>(0.0);
        var meter = io.micrometer.core.instrument.Gauge.builder(PREFIX + name, value, AtomicReference::get)
                .description(help)
                .tag(EXTENSION, extensionId)
                .register(registry);
        return new GaugeCell(value, meter);
    }
}
