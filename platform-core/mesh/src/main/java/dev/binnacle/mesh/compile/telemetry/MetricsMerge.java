package dev.binnacle.mesh.compile.telemetry;

import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.Telemetry.Change;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry;
import dev.binnacle.mesh.istio.telemetry.Provider;
import dev.binnacle.mesh.istio.telemetry.Side;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Metrics;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Override;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What several resources together say about metrics: the later one counts, as in Istio's {@code mergeMetrics}. */
final class MetricsMerge {
    private static final Map<Metric, Change> NOTHING = all(new Change(true, Map.of()));

    /** What is said for one provider so far. */
    private static final class Draft {
        private final EnumMap<Metric, Change> changes = new EnumMap<>(Metric.class);
        private boolean off;

        void add(Override override) {
            // Whatever is said later about some metric switches all of them on again.
            off = override.metric().isEmpty() && override.disabled().orElse(false);
            if (!off) {
                var metrics = override.metric().<Set<Metric>>map(EnumSet::of).orElse(EnumSet.allOf(Metric.class));
                metrics.forEach(
                        metric -> changes.merge(metric, plus(Change.NONE, override), (old, x) -> plus(old, override)));
            }
        }

        private static Change plus(Change old, Override override) {
            var tags = new TreeMap<>(old.tags());
            tags.putAll(override.tags());
            return new Change(override.disabled().orElse(old.disabled()), Collections.unmodifiableMap(tags));
        }

        Map<Metric, Change> result() {
            if (off) {
                return NOTHING;
            }
            changes.values().removeIf(Change.NONE::equals);
            return Collections.unmodifiableMap(changes);
        }
    }

    private MetricsMerge() {}

    /** Returns what is other than the standard, by metric; all of them are disabled when nobody collects them. */
    static Map<Metric, Change> of(List<Metrics> said, Side side, MeshTelemetry mesh) {
        var wanted = names(mesh.metrics());
        for (var metrics : said) {
            wanted = metrics.providers().isEmpty() ? wanted : names(metrics.providers());
        }
        return wanted.stream()
                .sorted()
                .filter(name -> mesh.provider(name)
                        .filter(Provider.Prometheus.class::isInstance)
                        .isPresent())
                .findFirst()
                .map(name -> forProvider(name, said, side, mesh))
                .orElse(NOTHING);
    }

    /** What names no provider is for those that were named before it. */
    private static Map<Metric, Change> forProvider(String name, List<Metrics> said, Side side, MeshTelemetry mesh) {
        var draft = new Draft();
        var current = names(mesh.metrics());
        for (var metrics : said) {
            current = metrics.providers().isEmpty() ? current : names(metrics.providers());
            if (current.contains(name)) {
                metrics.overrides().stream()
                        .filter(override -> override.sides().contains(side))
                        .forEach(draft::add);
            }
        }
        return draft.result();
    }

    private static List<String> names(List<Placed> providers) {
        return providers.stream().map(Placed::text).toList();
    }

    private static Map<Metric, Change> all(Change change) {
        var result = new EnumMap<Metric, Change>(Metric.class);
        Set.of(Metric.values()).forEach(metric -> result.put(metric, change));
        return Collections.unmodifiableMap(result);
    }
}
