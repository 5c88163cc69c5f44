package dev.binnacle.mesh.compile.telemetry;

import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.Tracing;
import dev.binnacle.mesh.ir.Tracing.Receiver;
import dev.binnacle.mesh.ir.Tracing.Tag;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry;
import dev.binnacle.mesh.istio.telemetry.Provider.OpenTelemetry;
import dev.binnacle.mesh.istio.telemetry.Side;
import dev.binnacle.mesh.istio.telemetry.Telemetry;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What several resources together say about spans: the later one counts, word by word, as in Istio. */
final class TracingMerge {
    private final List<Telemetry.Tracing> said;
    private final MeshTelemetry mesh;

    private TracingMerge(List<Telemetry.Tracing> said, MeshTelemetry mesh) {
        this.said = said;
        this.mesh = mesh;
    }

    /** Returns the spans of one side; none where nobody gets them. */
    static Optional<Tracing> of(
            List<Telemetry.Tracing> said, Side side, MeshTelemetry mesh, Identity self, Receivers receivers) {
        var own = said.stream().filter(each -> each.sides().contains(side)).toList();
        return new TracingMerge(own, mesh).tracing(self, receivers);
    }

    private Optional<Tracing> tracing(Identity self, Receivers receivers) {
        if (last(Telemetry.Tracing::disabled).orElse(false)) {
            return Optional.empty();
        }
        var named = said.stream()
                .map(Telemetry.Tracing::providers)
                .filter(names -> !names.isEmpty())
                .reduce(mesh.tracing(), (old, later) -> later);
        return named.stream()
                .findFirst()
                .map(Placed::text)
                .flatMap(mesh::provider)
                .flatMap(provider ->
                        provider instanceof OpenTelemetry otel ? Optional.of(otel) : Optional.<OpenTelemetry>empty())
                .flatMap(otel -> receivers.of(otel).map(receiver -> tracing(self, otel, receiver)));
    }

    private Tracing tracing(Identity self, OpenTelemetry provider, Receiver receiver) {
        Map<String, Tag> tags = last(Telemetry.Tracing::tags).orElse(Map.of());
        return new Tracing(
                provider.byWorkload() ? self.workload() : self.canonicalService() + "." + self.namespace(),
                last(Telemetry.Tracing::sampling).orElse(mesh.spans().sampling()),
                tags.isEmpty() ? mesh.spans().tags() : tags,
                last(Telemetry.Tracing::byRequestId).orElse(true),
                provider.maxTagLength().or(() -> mesh.spans().maxPathLength()),
                receiver);
    }

    private <T> Optional<T> last(Function<Telemetry.Tracing, Optional<T>> what) {
        return said.stream().flatMap(each -> what.apply(each).stream()).reduce((old, later) -> later);
    }
}
