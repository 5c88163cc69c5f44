package dev.binnacle.mesh.istio.telemetry;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Tracing.Tag;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the mesh configuration says about telemetry.
 *
 * @param providers by name, which does not care about case
 * @param metrics who collects metrics where no Telemetry says it
 * @param accessLogging the access logs that are written where no Telemetry says it
 * @param tracing who gets spans where no Telemetry says it
 * @param everyLog the log that is written where neither a Telemetry nor a default provider says anything
 */
public record MeshTelemetry(
        List<Provider> providers,
        List<Placed> metrics,
        List<Placed> accessLogging,
        List<Placed> tracing,
        Optional<Provider.FileLog> everyLog,
        Spans spans) {
    /**
     * What spans are like where no Telemetry says it.
     *
     * @param sampling in percent
     */
    public record Spans(double sampling, Map<String, Tag> tags, Optional<Integer> maxPathLength) {
        /** Istio's defaults. */
        static final Spans DEFAULT = new Spans(1, Map.of(), Optional.empty());
    }

    /** What Istio's installation says: metrics are for Prometheus. */
    public static final MeshTelemetry DEFAULT = new MeshTelemetry(
            builtIn(new Provider.FileLog(named("envoy"), LogFormats.TEXT, false)),
            List.of(named("prometheus")),
            List.of(),
            List.of(),
            Optional.empty(),
            Spans.DEFAULT);

    public MeshTelemetry {
        providers = List.copyOf(providers);
        metrics = List.copyOf(metrics);
        accessLogging = List.copyOf(accessLogging);
        tracing = List.copyOf(tracing);
    }

    /** Returns what Istio has built in, with the log that it calls {@code envoy}. */
    static List<Provider> builtIn(Provider.FileLog envoy) {
        return List.of(new Provider.Prometheus(named("prometheus")), envoy);
    }

    /** Returns the provider of this name. */
    public Optional<Provider> provider(String name) {
        return providers.stream()
                .filter(provider -> provider.name().text().equalsIgnoreCase(name))
                .findFirst();
    }

    static Placed named(String name) {
        return new Placed(name, new Place(null, Origin.DEFAULT, ""));
    }
}
