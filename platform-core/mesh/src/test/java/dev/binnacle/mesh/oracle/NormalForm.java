package dev.binnacle.mesh.oracle;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import dev.binnacle.mesh.xds.ProxyResources;

/**
 * Reduces what Binnacle tells a proxy to what Istio and Binnacle both define, as {@code platform-core/mesh/oracle} does
 * with what Istio tells it.
 */
final class NormalForm {
    private NormalForm() {}

    static Node of(Pod pod, ProxyResources told, MeshTopology topology) {
        var listeners = new NormalListeners(pod, told, topology);
        boolean gateway = pod.kind() == PodKind.GATEWAY;
        return new Node()
                .with("outbound", gateway ? listeners.gateway() : listeners.outbound())
                .with("inbound", gateway ? new Node() : listeners.inbound())
                .with("routes", NormalRoutes.tables(told.routes()))
                .with("clusters", NormalClusters.of(told, topology))
                .with("secrets", NormalTls.secrets(told.secrets()))
                .with("telemetry", listeners.telemetry());
    }
}
