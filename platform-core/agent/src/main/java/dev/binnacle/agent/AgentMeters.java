package dev.binnacle.agent;

import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** The metrics of one part of the agent, under the names that the platform gives a plugin's. */
final class AgentMeters implements Meters {
    private static final String PREFIX = "binnacle_plugin_";

    private final Labels labels;
    private final Map<String, DoubleAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<MetricFamily, DoubleSupplier> families = new ConcurrentHashMap<>();
    private final Map<String, AtomicReference<Double>> gauges = new ConcurrentSkipListMap<>();

    /** @param extension whose they are */
    AgentMeters(String extension) {
        this.labels = Labels.of("extension", extension);
    }

    @Override
    public Counter counter(String name, String help) {
        var sum = counters.computeIfAbsent(name, added -> new DoubleAdder());
        families.put(MetricFamily.counter(PREFIX + name + "_total", "", help), sum::sum);
        return sum::add;
    }

    @Override
    public Gauge gauge(String name, String help) {
        var value = gauges.computeIfAbsent(name, added -> new AtomicReference<>(0.0));
        families.put(MetricFamily.gauge(PREFIX + name, "", help), value::get);
        return value::set;
    }

    Stream<Sample> samples(Instant at) {
        return families.entrySet().stream()
                .map(family -> family.getKey().sample(labels, family.getValue().getAsDouble(), at));
    }
}
