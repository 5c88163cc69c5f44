package dev.binnacle.mesh.compile.telemetry;

import dev.binnacle.mesh.ir.Telemetry;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry;
import dev.binnacle.mesh.istio.telemetry.Side;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes out what each proxy tells about the traffic it carries. */
public final class TelemetryCompiler {
    private final Applicable applicable;
    private final MeshTelemetry mesh;
    private final Map<List<dev.binnacle.mesh.istio.telemetry.Telemetry>, Telemetry> made = new HashMap<>();

    public TelemetryCompiler(Manifests manifests) {
        this.applicable = new Applicable(manifests.telemetries());
        this.mesh = manifests.meshConfig().telemetry();
    }

    /** Returns what the pod's proxy tells; the same object where the same resources are for both. */
    public Telemetry of(Pod pod) {
        return made.computeIfAbsent(applicable.to(pod.namespace(), pod.labels()), this::compile);
    }

    private Telemetry compile(List<dev.binnacle.mesh.istio.telemetry.Telemetry> resources) {
        return new Telemetry(side(resources, Side.CLIENT), side(resources, Side.SERVER));
    }

    private Telemetry.Side side(List<dev.binnacle.mesh.istio.telemetry.Telemetry> resources, Side side) {
        var metrics = resources.stream()
                .flatMap(resource -> resource.metrics().stream())
                .toList();
        return new Telemetry.Side(MetricsMerge.of(metrics, side, mesh));
    }
}
