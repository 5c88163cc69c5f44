package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every host of the mesh, the workloads behind it, and the pods that run: what Istio calls the service registry. */
public final class Registry {
    private final Manifests manifests;
    private final MeshTopology topology;
    private final Map<String, MeshHost> byHost = new LinkedHashMap<>();
    private final List<MeshHost> hosts;
    private final Map<String, Scope> scopes = new LinkedHashMap<>();
    private final Behind<Workload> workloads;
    private final Behind<Pod> pods;
    private final Map<String, List<MeshHost>> byPod = new HashMap<>();
    private final List<VirtualService> virtualServices;

    public Registry(Manifests manifests, MeshTopology topology) {
        this.manifests = manifests;
        this.topology = topology;
        this.virtualServices = new VirtualServices(manifests.virtualServices()).inForce();
        manifests.services().stream()
                .map(MeshHost::of)
                .sorted(Comparator.comparing(MeshHost::host))
                .forEach(host -> byHost.put(host.host(), host));
        this.hosts = List.copyOf(byHost.values());
        this.workloads = new Behind<>(manifests.workloads(), Workload::namespace, Workload::labels);
        this.pods = new Behind<>(topology.pods(), Pod::namespace, Pod::labels);
        hosts.forEach(host -> pods(host)
                .forEach(pod ->
                        byPod.computeIfAbsent(pod.id(), id -> new ArrayList<>()).add(host)));
    }

    /** Returns all hosts, whoever sees them, sorted. */
    public List<MeshHost> hosts() {
        return hosts;
    }

    /** Returns the host with this full name, whoever sees it. */
    public Optional<MeshHost> host(String host) {
        return Optional.ofNullable(byHost.get(host));
    }

    /** Returns the VirtualServices with hosts, with the rules that they delegate: where two decide, the first counts. */
    public List<VirtualService> virtualServices() {
        return virtualServices;
    }

    public MeshTopology topology() {
        return topology;
    }

    public Manifests manifests() {
        return manifests;
    }

    /** Returns what a pod may see. Pods that see the same get the same object. */
    public Scope scope(Pod pod) {
        return scope(pod.namespace());
    }

    /** Returns what pods of a namespace may see unless something is said about them in particular. */
    public Scope scope(String namespace) {
        return scopes.computeIfAbsent(namespace, n -> new Scope(this, n));
    }

    /** Returns the Deployments behind a host. */
    public List<Workload> workloads(MeshHost host) {
        return workloads.behind(host);
    }

    /** Returns the running pods behind a host. */
    public List<Pod> pods(MeshHost host) {
        return pods.behind(host);
    }

    /** Returns the hosts that a pod is behind. */
    public List<MeshHost> hostsOf(Pod pod) {
        return List.copyOf(byPod.getOrDefault(pod.id(), List.of()));
    }
}
