package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Balancing;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the clusters by which a proxy reaches the Services of the mesh. */
final class ClusterCompiler {
    private final Registry registry;
    private final EndpointCompiler endpoints;

    ClusterCompiler(Registry registry, EndpointCompiler endpoints) {
        this.registry = registry;
        this.endpoints = endpoints;
    }

    /** Returns the outbound clusters of a pod's proxy. */
    List<Cluster> compile(Pod pod) {
        var result = new ArrayList<Cluster>();
        for (var service : registry.services()) {
            for (var port : service.ports()) {
                result.add(cluster(pod, service, port, "", Map.of()));
            }
        }
        return List.copyOf(result);
    }

    private Cluster cluster(Pod pod, Service service, Service.Port port, String subset, Map<String, String> labels) {
        return new Cluster.Outbound(
                Names.outbound(port.number(), subset, service.host()),
                Registry.nameOf(service),
                port.number(),
                subset,
                port.protocol(),
                Balancing.LEAST_REQUEST,
                new Tls.Auto(Names.sni(port.number(), subset, service.host()), identities(service)),
                pod.podIp(),
                endpoints.compile(service, port, labels),
                port.place().origin(),
                Origin.DEFAULT);
    }

    /** The identities a client accepts: those of all workloads, running or not, so that a crash changes no cluster. */
    private List<String> identities(Service service) {
        String domain = registry.topology().trustDomain();
        return registry.workloads(service).stream()
                .map(w -> spiffe(domain, w))
                .distinct()
                .sorted()
                .toList();
    }

    private static String spiffe(String domain, Workload workload) {
        return "spiffe://" + domain + "/ns/" + workload.namespace() + "/sa/" + workload.serviceAccount();
    }
}
