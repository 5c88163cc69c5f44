package dev.binnacle.local.launcher;

import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.pod.PodContext;
import dev.binnacle.local.pod.PodPlanner;
import dev.binnacle.local.pod.PodRuntime;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pods of the instance, brought in line with what the manifests want. One thread changes them, all may look. */
final class Pods {
    private final PodContext context;
    private final TopologyStore topology;
    private final InstancePorts ports;
    private final PodStarter starter;
    private volatile Map<String, PodRuntime> running = Map.of();
    private boolean stopped;

    Pods(PodContext context, TopologyStore topology, InstancePorts ports, PodStarter starter) {
        this.context = context;
        this.topology = topology;
        this.ports = ports;
        this.starter = starter;
    }

    /** Returns all pods, sorted by id. */
    List<PodRuntime> all() {
        return List.copyOf(running.values());
    }

    /** Returns the pod that {@code name} means: an id, a pod's name, or a workload's, whose first pod that is. */
    Optional<PodRuntime> named(String name) {
        return running.values().stream()
                .filter(each -> each.pod().id().equals(name)
                        || each.pod().name().equals(name)
                        || each.pod().workload().equals(name))
                .findFirst();
    }

    /**
     * Starts what is missing, stops what is not wanted any more, starts anew what changed, and rewrites the hosts files.
     *
     * <p>Does nothing after {@link #stop}: a launcher that is told to end while it starts would leave what it starts then.
     *
     * @throws IOException when a file or an agent's port fails; pods that were started before stay
     */
    synchronized void bringTo(WantedMesh wanted) throws IOException {
        if (stopped) {
            return;
        }
        var workloads = new HashMap<String, Workload>();
        wanted.workloads().forEach(workload -> workloads.put(workload.name() + "." + workload.namespace(), workload));
        retire(workloads);
        MeshTopology next = plan(wanted);
        var created = create(next, workloads);
        // The topology first: the app must know a pod before the pod's sidecar asks for its configuration.
        topology.update(before -> withReadiness(next, before));
        writeHosts(wanted, topology.current());
        created.forEach(starter::start);
    }

    private MeshTopology plan(WantedMesh wanted) {
        MeshTopology before = topology.current();
        var pods = PodPlanner.plan(wanted.workloads(), before.pods(), before.base(), ports.published());
        var hosts = MeshTopology.numberHosts(before.hosts(), wanted.manifests().hosts());
        return before.withPods(pods).withHosts(hosts);
    }

    /** A probe may have changed a pod's readiness since {@code next} was planned. */
    private static MeshTopology withReadiness(MeshTopology next, MeshTopology now) {
        var pods = next.pods().stream()
                .map(pod -> pod.withReady(
                        now.pod(pod.namespace(), pod.name()).map(Pod::ready).orElse(false)))
                .toList();
        return next.withPods(pods);
    }

    /** Stops pods without a workload, pods beyond its replicas, and pods whose workload reads differently now. */
    private void retire(Map<String, Workload> workloads) {
        var kept = new TreeMap<String, PodRuntime>();
        var leaving = new ArrayList<PodRuntime>();
        running.forEach((id, pod) -> {
            Workload workload =
                    workloads.get(pod.pod().workload() + "." + pod.pod().namespace());
            boolean stays =
                    workload != null && sameProcess(workload, pod.workload()) && withinReplicas(pod.pod(), workload);
            if (stays) {
                kept.put(id, pod);
            } else {
                leaving.add(pod);
            }
        });
        if (leaving.isEmpty()) {
            return;
        }
        leaving.forEach(pod -> topology.ready(pod.pod().id(), false));
        running = Map.copyOf(kept);
        PodStarter.together(leaving, PodRuntime::stop);
    }

    private static boolean withinReplicas(Pod pod, Workload workload) {
        String number = pod.name().substring(workload.name().length() + 1);
        return Integer.parseInt(number) < workload.replicas();
    }

    private static boolean sameProcess(Workload one, Workload other) {
        return one.container().equals(other.container())
                && one.annotations().equals(other.annotations())
                && one.podAnnotations().equals(other.podAnnotations())
                && one.labels().equals(other.labels())
                && one.serviceAccount().equals(other.serviceAccount())
                && one.kind() == other.kind();
    }

    private List<PodRuntime> create(MeshTopology next, Map<String, Workload> workloads) throws IOException {
        var all = new TreeMap<>(running);
        var created = new ArrayList<PodRuntime>();
        for (Pod pod : next.pods()) {
            if (all.containsKey(pod.id())) {
                continue;
            }
            Workload workload = workloads.get(pod.workload() + "." + pod.namespace());
            if (workload == null) {
                throw new IllegalStateException("planned pod without workload: " + pod.id());
            }
            var runtime = new PodRuntime(pod, workload, context, ready -> topology.ready(pod.id(), ready));
            runtime.prepare(bootstrap(pod));
            all.put(pod.id(), runtime);
            created.add(runtime);
            running = new TreeMap<>(all);
        }
        return created;
    }

    private String bootstrap(Pod pod) {
        if (pod.kind() == PodKind.PLAIN) {
            return "";
        }
        Layout layout = context.layout();
        return MeshModel.bootstrap(
                pod,
                context.trustDomain(),
                context.xdsAddress(),
                context.xdsPort(),
                layout.sockets().resolve(pod.index() + ".sock"));
    }

    private void writeHosts(WantedMesh wanted, MeshTopology now) throws IOException {
        var hosts = MeshModel.hosts(wanted, now);
        for (PodRuntime pod : running.values()) {
            pod.writeHosts(hosts.getOrDefault(pod.pod().id(), Map.of()));
        }
    }

    /** Stops every pod, side by side, for good. */
    synchronized void stop() {
        stopped = true;
        PodStarter.together(all(), PodRuntime::stop);
    }
}
