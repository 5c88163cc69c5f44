package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Severity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the mesh consists of, as metrics. */
final class MeshMetrics implements Consumer<MeshState> {
    private final MultiGauge resources;
    private final MultiGauge diagnostics;
    private final MultiGauge pods;

    MeshMetrics(MeterRegistry registry) {
        resources = MultiGauge.builder("binnacle.mesh.resources")
                .description("Valid resources in force, overlays included.")
                .register(registry);
        diagnostics = MultiGauge.builder("binnacle.mesh.diagnostics")
                .description("What is wrong, or worth a warning, in the manifests.")
                .register(registry);
        pods = MultiGauge.builder("binnacle.mesh.pods")
                .description("Pods of the instance.")
                .register(registry);
    }

    @Override
    public void accept(MeshState state) {
        var kinds = new TreeMap<String, Integer>();
        state.manifests().resources().forEach(r -> kinds.merge(r.ref().kind(), 1, Integer::sum));
        resources.register(
                kinds.entrySet().stream()
                        .map(e -> Row.of(Tags.of("kind", e.getKey()), e.getValue()))
                        .toList(),
                true);
        diagnostics.register(
                Arrays.stream(Severity.values())
                        .map(severity -> Row.of(
                                Tags.of("severity", severity.name().toLowerCase(Locale.ROOT)),
                                state.diagnostics().stream()
                                        .filter(d -> d.severity() == severity)
                                        .count()))
                        .toList(),
                true);
        long ready = state.pods().stream().filter(pod -> pod.ready()).count();
        pods.register(
                List.of(
                        Row.of(Tags.of("ready", "true"), ready),
                        Row.of(Tags.of("ready", "false"), state.pods().size() - ready)),
                true);
    }
}
