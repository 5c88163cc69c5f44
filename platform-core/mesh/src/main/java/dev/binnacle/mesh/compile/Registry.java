package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.ServiceName;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services, the workloads behind them, and the pods that run: what Istio calls the service registry. */
final class Registry {
    private final Manifests manifests;
    private final MeshTopology topology;
    private final Map<String, Service> byHost = new LinkedHashMap<>();

    Registry(Manifests manifests, MeshTopology topology) {
        this.manifests = manifests;
        this.topology = topology;
        manifests.services().stream()
                .sorted(Comparator.comparing(Service::host))
                .forEach(s -> byHost.put(s.host(), s));
    }

    /** Returns the Services, sorted by host. */
    List<Service> services() {
        return List.copyOf(byHost.values());
    }

    Optional<Service> service(String host) {
        return Optional.ofNullable(byHost.get(host));
    }

    MeshTopology topology() {
        return topology;
    }

    Manifests manifests() {
        return manifests;
    }

    /** Returns the Deployments that a Service selects. */
    List<Workload> workloads(Service service) {
        return manifests.workloads().stream()
                .filter(w -> w.namespace().equals(service.ref().namespace()) && service.selects(w.labels()))
                .toList();
    }

    /** Returns the running pods that a Service selects. */
    List<Pod> pods(Service service) {
        return topology.pods().stream()
                .filter(p -> p.namespace().equals(service.ref().namespace()) && service.selects(p.labels()))
                .toList();
    }

    /** Returns the Services that select a pod. */
    List<Service> servicesOf(Pod pod) {
        return services().stream()
                .filter(s -> s.ref().namespace().equals(pod.namespace()) && s.selects(pod.labels()))
                .toList();
    }

    static ServiceName nameOf(Service service) {
        return new ServiceName(
                service.host(), service.ref().name(), service.ref().namespace());
    }
}
