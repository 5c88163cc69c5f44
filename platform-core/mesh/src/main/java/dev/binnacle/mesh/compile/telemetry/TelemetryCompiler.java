package dev.binnacle.mesh.compile.telemetry;

import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.Telemetry;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry;
import dev.binnacle.mesh.istio.telemetry.Side;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes out what each proxy tells about the traffic it carries. */
public final class TelemetryCompiler {
    private record Key(Identity self, List<dev.binnacle.mesh.istio.telemetry.Telemetry> resources) {}

    private final Applicable applicable;
    private final MeshTelemetry mesh;
    private final Receivers receivers;
    private final Map<Key, Telemetry> made = new HashMap<>();

    public TelemetryCompiler(Registry registry) {
        this.applicable = new Applicable(registry.manifests().telemetries());
        this.mesh = registry.manifests().meshConfig().telemetry();
        this.receivers = new Receivers(registry.hosts());
    }

    /** Returns what the pod's proxy tells; the same object for all pods of a workload. */
    public Telemetry of(Pod pod, Identity self) {
        return made.computeIfAbsent(
                new Key(self, applicable.to(pod.namespace(), pod.labels())),
                key -> new Telemetry(side(key, Side.CLIENT), side(key, Side.SERVER)));
    }

    private Telemetry.Side side(Key key, Side side) {
        var logging = key.resources().stream()
                .map(dev.binnacle.mesh.istio.telemetry.Telemetry::logging)
                .filter(level -> !level.isEmpty())
                .toList();
        return new Telemetry.Side(
                MetricsMerge.of(all(key, dev.binnacle.mesh.istio.telemetry.Telemetry::metrics), side, mesh),
                LoggingMerge.of(logging, side, mesh),
                TracingMerge.of(
                        all(key, dev.binnacle.mesh.istio.telemetry.Telemetry::tracing),
                        side,
                        mesh,
                        key.self(),
                        receivers));
    }

    private static <T> List<T> all(Key key, Function<dev.binnacle.mesh.istio.telemetry.Telemetry, List<T>> what) {
        return key.resources().stream()
                .flatMap(resource -> what.apply(resource).stream())
                .toList();
    }
}
