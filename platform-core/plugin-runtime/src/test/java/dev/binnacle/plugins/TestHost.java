package dev.binnacle.plugins;

import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A host without a mesh, which keeps what the runtime tells it. */
final class TestHost implements PluginHost, ExtensionListener {
    /** The time, when a test turns the clock by hand. */
    volatile @Nullable Instant now;

    volatile List<Proxy> proxies = List.of();
    final Map<String, RunningExtension> running = new ConcurrentSkipListMap<>();
    final List<String> startOrder = new CopyOnWriteArrayList<>();
    final Map<String, Map<String, String>> settings = new ConcurrentHashMap<>();
    final Map<String, Double> meters = new ConcurrentSkipListMap<>();

    Collector collector(String id) {
        return ((RunningCollector) running.get(id)).collector();
    }

    @Override
    public InstantSource clock() {
        return () -> {
            var fixed = now;
            return fixed == null ? Instant.now() : fixed;
        };
    }

    @Override
    public MeshView mesh() {
        return () -> proxies;
    }

    @Override
    public Map<String, String> settings(String extensionId) {
        return settings.getOrDefault(extensionId, Map.of());
    }

    @Override
    public HostMeters meters(String extensionId) {
        return new HostMeters() {
            @Override
            public Counter counter(String name, String help) {
                return amount -> meters.merge(extensionId + "/" + name, amount, Double::sum);
            }

            @Override
            public Gauge gauge(String name, String help) {
                return value -> meters.put(extensionId + "/" + name, value);
            }

            @Override
            public void close() {
                new TreeMap<>(meters)
                        .keySet().stream()
                                .filter(name -> name.startsWith(extensionId + "/"))
                                .forEach(meters::remove);
            }
        };
    }

    @Override
    public void started(RunningExtension extension) {
        startOrder.add(extension.id());
        running.put(extension.id(), extension);
    }

    @Override
    public void stopping(RunningExtension extension) {
        running.remove(extension.id());
    }
}
