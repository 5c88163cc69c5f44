package dev.binnacle.plugin.collector.probe;

import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.context.Proxy;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A collector of probes for one test. */
final class Probes implements AutoCloseable {
    private final TestContext context;
    private final Collector collector;

    private Probes(TestContext context, Collector collector) {
        this.context = context;
        this.collector = collector;
    }

    /** @param probes the list, as YAML */
    static Probes of(Path folder, String probes, Proxy... mesh) throws Exception {
        var factory = new ProbeCollectorFactory();
        var context = TestContext.of(
                factory, Map.of("config-file", file(folder, probes).toString()));
        context.layOut(mesh);
        return new Probes(context, factory.create(context));
    }

    static Path file(Path folder, String probes) throws IOException {
        return Files.writeString(folder.resolve("probes.yml"), "timeout: 1s\nprobes:\n" + probes);
    }

    /** Runs once; values by the name and the labels that say more than which probe it is, times left out. */
    Map<String, Double> run() throws Exception {
        var values = new TreeMap<String, Double>();
        for (var sample : collector.collect(Instant.EPOCH)) {
            var labels = sample.series().labels().toMap();
            String probe = labels.remove("probe");
            labels.keySet().removeAll(Set.of("target", "through", "at"));
            values.put(probe + " " + sample.series().name() + (labels.isEmpty() ? "" : labels), sample.value());
        }
        return values;
    }

    Collector collector() {
        return collector;
    }

    @Override
    public void close() {
        collector.close();
        context.close();
    }
}
