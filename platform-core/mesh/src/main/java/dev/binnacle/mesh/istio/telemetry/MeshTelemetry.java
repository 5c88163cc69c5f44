package dev.binnacle.mesh.istio.telemetry;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Optional;

/**
 * What the mesh configuration says about telemetry.
 *
 * @param providers by name, which does not care about case
 * @param metrics who collects metrics where no Telemetry says it
 */
public record MeshTelemetry(List<Provider> providers, List<Placed> metrics) {
    /** What Istio's installation says: metrics are for Prometheus. */
    public static final MeshTelemetry DEFAULT = new MeshTelemetry(
            List.of(new Provider.Prometheus(builtIn("prometheus")), new Provider.FileLog(builtIn("envoy"))),
            List.of(builtIn("prometheus")));

    public MeshTelemetry {
        providers = List.copyOf(providers);
        metrics = List.copyOf(metrics);
    }

    /** Returns the provider of this name. */
    public Optional<Provider> provider(String name) {
        return providers.stream()
                .filter(provider -> provider.name().text().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Placed builtIn(String name) {
        return new Placed(name, new Place(null, Origin.DEFAULT, ""));
    }
}
