package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.Sidecar;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.WorkloadEntry;
import dev.binnacle.mesh.istio.security.PeerAuthentication;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every host of the mesh, what is behind it, and the pods that run: what Istio calls the service registry. */
public final class Registry {
    /** The oldest first, as far as names tell: Services, then ServiceEntries by their own names. */
    private static final Comparator<MeshHost> BY_AGE = Comparator.comparing((MeshHost host) -> !host.isService())
            .thenComparing(host -> host.isService() ? "" : host.ref().name())
            .thenComparing(host -> host.isService() ? "" : host.namespace())
            .thenComparing(MeshHost::host);

    private final Manifests manifests;
    private final MeshTopology topology;
    private final HostIndex index;
    private final List<MeshHost> hosts;
    private final StandIns standIns;
    private final Map<String, Scope> scopes = new ConcurrentHashMap<>();
    private final Behind<Workload> workloads;
    private final Behind<Pod> pods;
    private final Map<String, List<MeshHost>> byPod = new HashMap<>();
    private final List<VirtualService> virtualServices;
    private final List<String> unready;

    public Registry(Manifests manifests, MeshTopology topology) {
        this(
                manifests,
                topology,
                new HostIndex(manifests),
                new StandIns(manifests, topology),
                new Behind<>(manifests.workloads(), Workload::namespace, Workload::labels),
                new Behind<>(topology.pods(), Pod::namespace, Pod::labels));
    }

    private Registry(
            Manifests manifests,
            MeshTopology topology,
            HostIndex index,
            StandIns standIns,
            Behind<Workload> workloads,
            Behind<Pod> pods) {
        this.manifests = manifests;
        this.topology = topology;
        this.virtualServices = new VirtualServices(manifests).inForce();
        this.index = index;
        this.hosts = index.definitions().values().stream().map(List::getFirst).toList();
        this.standIns = standIns;
        this.workloads = workloads;
        this.pods = pods;
        this.unready = topology.pods().stream()
                .filter(pod -> !pod.ready())
                .map(Pod::id)
                .toList();
        hosts.forEach(host -> pods(host)
                .forEach(pod ->
                        byPod.computeIfAbsent(pod.id(), id -> new ArrayList<>()).add(host)));
        byPod.values().forEach(served -> served.sort(BY_AGE));
    }

    /** Returns the registry of a mesh that differs from this one in VirtualServices and the readiness of pods only. */
    public Registry changed(Manifests others, MeshTopology now) {
        var behind = now.pods().equals(topology.pods()) ? pods : new Behind<>(now.pods(), Pod::namespace, Pod::labels);
        return new Registry(others, now, index, standIns, workloads, behind);
    }

    /** Returns the registry of this mesh as it is once every pod is ready. */
    public Registry allReady() {
        return unready.isEmpty() ? this : changed(manifests, topology.allReady());
    }

    /** Returns every definition of every host. */
    Map<String, List<MeshHost>> definitions() {
        return index.definitions();
    }

    /** Returns all hosts, whoever sees them, sorted. */
    public List<MeshHost> hosts() {
        return hosts;
    }

    /** Returns the host with this full name, whoever sees it. */
    public Optional<MeshHost> host(String host) {
        return Optional.ofNullable(index.definitions().get(host)).map(List::getFirst);
    }

    /** Returns the hosts that {@code pattern}, a full name or a wildcard, covers, whoever sees them; sorted. */
    public Stream<MeshHost> covered(String pattern) {
        return pattern.startsWith("*")
                ? hosts.stream().filter(host -> Hosts.covers(pattern, host.host()))
                : host(pattern).stream();
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

    /** Returns where hosts outside of the mesh are. */
    public StandIns standIns() {
        return standIns;
    }

    /** Returns what a pod may see. Pods that see the same get the same object. */
    public Scope scope(Pod pod) {
        if (pod.kind() == PodKind.GATEWAY) {
            return scopes.computeIfAbsent(
                    "gateway " + pod.namespace(), name -> Scope.ofGateway(this, name, pod.namespace()));
        }
        var sidecar = sidecar(pod);
        return scopes.computeIfAbsent(
                pod.namespace() + " " + sidecar.map(s -> s.ref().toString()).orElse(""),
                name -> Scope.ofSidecar(this, name, pod.namespace(), sidecar));
    }

    /** Returns the Sidecar that selects the pod, else that of its namespace, else that of the whole mesh. */
    private Optional<Sidecar> sidecar(Pod pod) {
        var own = manifests.sidecars().stream()
                .filter(s -> s.ref().namespace().equals(pod.namespace()))
                .toList();
        var selecting = own.stream()
                .filter(s -> !s.selector().isEmpty())
                .filter(s -> pod.labels().entrySet().containsAll(s.selector().entrySet()));
        return Stream.of(selecting, own.stream().filter(s -> s.selector().isEmpty()), ofMesh())
                .flatMap(found -> found)
                .findFirst();
    }

    private Stream<Sidecar> ofMesh() {
        return manifests.sidecars().stream()
                .filter(s -> s.selector().isEmpty())
                .filter(s -> s.ref().namespace().equals(PeerAuthentication.ROOT_NAMESPACE));
    }

    /** Returns the Deployments behind a host. */
    public List<Workload> workloads(MeshHost host) {
        return workloads.behind(host);
    }

    /** Returns the running pods behind a host. */
    public List<Pod> pods(MeshHost host) {
        return pods.behind(host);
    }

    /** Returns the pods, by id, that would be endpoints of a host if they were ready. */
    public List<String> unready(MeshHost host) {
        // An endpoint of a ServiceEntry may be the name of any Service.
        return unready.isEmpty() || !host.isService()
                ? unready
                : pods(host).stream().filter(pod -> !pod.ready()).map(Pod::id).toList();
    }

    /** Returns the WorkloadEntries behind a host. */
    public List<WorkloadEntry> workloadEntries(MeshHost host) {
        return manifests.workloadEntries().stream()
                .filter(w -> host.selects(w.ref().namespace(), w.member().labels()))
                .toList();
    }

    /** Returns the hosts that a pod is behind. */
    public List<MeshHost> hostsOf(Pod pod) {
        return List.copyOf(byPod.getOrDefault(pod.id(), List.of()));
    }
}
