package dev.binnacle.app.insight;

import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.insight.topology.Declared;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the manifests of the mesh declare, as insight wants to know it: worked out once for each state of the mesh. For any thread.
 */
final class DeclaredMesh {
    private final Supplier<MeshState> mesh;
    private volatile Seen seen;

    /** What one state declares. */
    private record Seen(MeshState state, Declared now, Declared lasting) {}

    DeclaredMesh(Supplier<MeshState> mesh) {
        this.mesh = mesh;
        this.seen = read(mesh.get());
    }

    /** Returns what is declared, with which pods are ready now. */
    Declared now() {
        return newest().now();
    }

    /** Returns what is declared, without what is true of now only. */
    Declared lasting() {
        return newest().lasting();
    }

    @SuppressWarnings(
            "ReferenceEquality") // Every change makes another state; to compare two would cost as much as to read one.
    private Seen newest() {
        var known = seen;
        var state = mesh.get();
        if (known.state() == state) {
            return known;
        }
        var read = read(state);
        seen = read;
        return read;
    }

    private static Seen read(MeshState state) {
        return new Reading(state).seen();
    }

    /** Reads one state. */
    private static final class Reading {
        private final MeshState state;
        private final Registry registry;
        private final Map<String, List<Pod>> pods;

        Reading(MeshState state) {
            this.state = state;
            this.registry = new Registry(
                    state.manifests(), state.topology().orElseGet(() -> Translation.plan(state.manifests())));
            this.pods =
                    state.pods().stream().collect(Collectors.groupingBy(pod -> pod.namespace() + "/" + pod.workload()));
        }

        Seen seen() {
            var mirrored = mirrored(registry.virtualServices());
            var services = registry.hosts().stream()
                    .map(host -> service(host, mirrored))
                    .toList();
            var workloads = state.manifests().workloads();
            return new Seen(
                    state,
                    new Declared(workloads.stream().map(this::running).toList(), services),
                    new Declared(workloads.stream().map(this::lasting).toList(), services));
        }

        /** Nobody knows which pods are ready before the launcher has said which pods run. */
        private Declared.Workload running(Workload workload) {
            if (state.topology().isEmpty() || workload.replicas() == 0) {
                return lasting(workload);
            }
            var own = pods.getOrDefault(key(workload), List.of());
            return workload(
                    workload,
                    OptionalInt.of((int) own.stream().filter(Pod::ready).count()),
                    own.stream()
                            .map(pod -> new Declared.Pod(pod.name(), pod.ready()))
                            .toList());
        }

        private Declared.Workload lasting(Workload workload) {
            return workload(workload, OptionalInt.empty(), List.of());
        }

        private Declared.Service service(MeshHost host, Set<String> mirrored) {
            return new Declared.Service(
                    host.namespace(),
                    host.name(),
                    host.host(),
                    host.isExternal(),
                    mirrored.contains(host.host()),
                    host.ports().stream()
                            .map(port -> new Declared.Port(
                                    port.number(),
                                    port.name(),
                                    port.protocol().name().toLowerCase(Locale.ROOT)))
                            .toList(),
                    registry.workloads(host).stream().map(Reading::key).sorted().toList());
        }

        private static String key(Workload workload) {
            return workload.namespace() + "/" + workload.name();
        }
    }

    private static Declared.Workload workload(Workload workload, OptionalInt readyPods, List<Declared.Pod> pods) {
        return new Declared.Workload(
                workload.namespace(),
                workload.name(),
                workload.labels().getOrDefault("app", ""),
                workload.labels().getOrDefault("version", ""),
                workload.kind() == PodKind.GATEWAY,
                workload.kind() != PodKind.PLAIN,
                readyPods,
                pods);
    }

    private static Set<String> mirrored(List<VirtualService> virtualServices) {
        return virtualServices.stream().flatMap(DeclaredMesh::copied).collect(Collectors.toSet());
    }

    private static Stream<String> copied(VirtualService virtualService) {
        return virtualService.http().stream()
                .flatMap(rule -> rule.treatment().mirroring().all().stream())
                .map(copy -> Hosts.resolve(
                        copy.destination().host(), virtualService.ref().namespace()));
    }
}
