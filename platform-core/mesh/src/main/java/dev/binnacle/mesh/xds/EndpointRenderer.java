package dev.binnacle.mesh.xds;

import com.google.protobuf.UInt32Value;
import dev.binnacle.mesh.ir.Cluster.EndpointGroup;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.ir.Locality;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders the endpoints of a cluster, each with the metadata by which metrics name it. */
final class EndpointRenderer {
    private static final Kept<ClusterLoadAssignment> RENDERED = new Kept<>();

    private EndpointRenderer() {}

    static ClusterLoadAssignment render(Outbound cluster) {
        return RENDERED.get(cluster, () -> fresh(cluster));
    }

    private static ClusterLoadAssignment fresh(Outbound cluster) {
        var result = ClusterLoadAssignment.newBuilder().setClusterName(cluster.name());
        cluster.groups().forEach(group -> result.addEndpoints(group(group)));
        return result.build();
    }

    private static LocalityLbEndpoints group(EndpointGroup group) {
        var result = LocalityLbEndpoints.newBuilder()
                .setPriority(group.priority())
                .setLoadBalancingWeight(UInt32Value.of(group.weight()));
        if (!group.locality().equals(Locality.NONE)) {
            result.setLocality(io.envoyproxy.envoy.config.core.v3.Locality.newBuilder()
                    .setRegion(group.locality().region())
                    .setZone(group.locality().zone())
                    .setSubZone(group.locality().subZone()));
        }
        group.endpoints().forEach(endpoint -> result.addLbEndpoints(endpoint(endpoint)));
        return result.build();
    }

    private static LbEndpoint endpoint(dev.binnacle.mesh.ir.Cluster.Endpoint endpoint) {
        var result = LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(Protos.address(endpoint.address(), endpoint.port())))
                .setHealthStatus(HealthStatus.HEALTHY)
                .setMetadata(Protos.metadata(metadata(endpoint)));
        if (endpoint.weight() != 1) {
            result.setLoadBalancingWeight(UInt32Value.of(endpoint.weight()));
        }
        return result.build();
    }

    private static Map<String, Map<String, String>> metadata(dev.binnacle.mesh.ir.Cluster.Endpoint endpoint) {
        var who = endpoint.identity();
        var istio = new LinkedHashMap<String, String>();
        istio.put("workload", who.workload());
        istio.put("namespace", who.namespace());
        istio.put("app", who.app());
        istio.put("version", who.version());
        istio.put("canonical_service", who.canonicalService());
        istio.put("canonical_revision", who.canonicalRevision());
        istio.put("cluster", StatsTags.CLUSTER);
        if (!endpoint.pod().isEmpty()) {
            istio.put("pod", endpoint.pod());
        }
        var result = new LinkedHashMap<String, Map<String, String>>();
        result.put("istio", istio);
        if (endpoint.mtls()) {
            result.put("envoy.transport_socket_match", Map.of("tlsMode", "istio"));
        }
        return result;
    }
}
