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
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the manifests of the mesh declare, as insight wants to know it. */
final class DeclaredMesh {
    private final MeshState state;

    DeclaredMesh(MeshState state) {
        this.state = state;
    }

    /** Returns what is declared, with which pods are ready now. */
    Declared now() {
        return declared(this::readyPods);
    }

    /** Returns what is declared, without what is true of now only. */
    Declared lasting() {
        return declared(workload -> OptionalInt.empty());
    }

    private Declared declared(Function<Workload, OptionalInt> readyPods) {
        var registry =
                new Registry(state.manifests(), state.topology().orElseGet(() -> Translation.plan(state.manifests())));
        var mirrored = mirrored(registry.virtualServices());
        return new Declared(
                state.manifests().workloads().stream()
                        .map(workload -> workload(workload, readyPods.apply(workload)))
                        .toList(),
                registry.hosts().stream().map(host -> service(host, mirrored)).toList());
    }

    private static Declared.Workload workload(Workload workload, OptionalInt readyPods) {
        return new Declared.Workload(
                workload.namespace(),
                workload.name(),
                workload.labels().getOrDefault("app", ""),
                workload.labels().getOrDefault("version", ""),
                workload.kind() == PodKind.GATEWAY,
                workload.kind() != PodKind.PLAIN,
                readyPods);
    }

    /** Nobody knows before the launcher has said which pods run. */
    private OptionalInt readyPods(Workload workload) {
        return state.topology().isEmpty() || workload.replicas() == 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) state.pods().stream()
                        .filter(pod -> pod.workload().equals(workload.name())
                                && pod.namespace().equals(workload.namespace()))
                        .filter(Pod::ready)
                        .count());
    }

    private static Declared.Service service(MeshHost host, Set<String> mirrored) {
        return new Declared.Service(
                host.namespace(), host.name(), host.host(), host.isExternal(), mirrored.contains(host.host()));
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
