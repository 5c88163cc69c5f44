package dev.binnacle.kubernetes.cluster;

import dev.binnacle.kubernetes.watch.Kind.Selected;
import dev.binnacle.kubernetes.watch.WatchOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The watches of all kinds that matter, and what they know together. For one thread at a time. */
final class ClusterWatches {
    /** ConfigMaps with this label hold documents for the platform: objectives, as OpenSLO describes them. */
    static final String OBJECTIVES = "binnacle.dev/objectives";

    private static final Selected MESH_CONFIG = new Selected(Map.of("metadata.name", "istio"), Map.of());
    private static final int MOST_WARNINGS = 200;

    private final Documents documents;
    private final List<WatchedKind<ClusterObject>> manifests;
    private final List<WatchedKind<Workload>> workloads;
    private final WatchedKind<Pod> pods;
    private final WatchedKind<Endpoints> endpoints;
    private final WatchedKind<Warning> warnings;
    private final WatchedKind<List<ClusterObject>> objectives;

    ClusterWatches(ClusterOptions where, KubernetesSerialization serialization, Runnable changed) {
        var options = new WatchOptions(where.timeout(), where.timeout(), where.pageSize());
        documents = new Documents(serialization);
        var read = new ArrayList<WatchedKind<ClusterObject>>();
        for (var kind : ClusterKinds.MANIFESTS) {
            read.add(new WatchedKind<>(kind, "", Selected.ALL, options, o -> documents.of(kind, o), changed));
        }
        var maps = ClusterKinds.CONFIG_MAPS;
        read.add(new WatchedKind<>(
                maps, where.istioNamespace(), MESH_CONFIG, options, o -> documents.of(maps, o), changed));
        manifests = List.copyOf(read);
        workloads = ClusterKinds.WORKLOADS.stream()
                .map(kind -> new WatchedKind<>(kind, "", Selected.ALL, options, o -> Workload.of(kind, o), changed))
                .toList();
        pods = new WatchedKind<>(ClusterKinds.PODS, "", Selected.ALL, options, Pod::of, changed);
        endpoints = new WatchedKind<>(ClusterKinds.ENDPOINT_SLICES, "", Selected.ALL, options, Endpoints::of, changed);
        var ofWarning = new Selected(Map.of("type", "Warning"), Map.of());
        warnings = new WatchedKind<>(ClusterKinds.EVENTS, "", ofWarning, options, Warning::of, changed);
        var labelled = new Selected(Map.of(), Map.of(OBJECTIVES, "true"));
        objectives = new WatchedKind<>(maps, where.namespace(), labelled, options, ClusterWatches::objectives, changed);
    }

    /** Returns all watches. */
    Stream<WatchedKind<?>> all() {
        return Stream.of(manifests, workloads, List.of(endpoints, pods, warnings, objectives))
                .flatMap(List::stream);
    }

    /** Returns what they know. */
    ClusterState state() {
        var found = new ArrayList<ClusterObject>();
        manifests.forEach(kind -> found.addAll(kind.facts()));
        found.addAll(documentsOfWorkloads());
        var written = objectives.facts().stream().flatMap(List::stream).sorted().toList();
        var latest = warnings.facts().stream()
                .sorted(Comparator.comparing(Warning::at).reversed().thenComparing(Warning::object))
                .limit(MOST_WARNINGS)
                .toList();
        return new ClusterState(
                found.stream().sorted().toList(),
                written,
                Endpoints.together(endpoints.facts()),
                latest,
                pods.facts().size(),
                (int) pods.facts().stream().filter(Pod::isReady).count());
    }

    /** What makes pods is known by its template; what nobody knows, by its pods. */
    private List<ClusterObject> documentsOfWorkloads() {
        var known = new TreeMap<String, Workload>();
        workloads.forEach(kind -> kind.facts().forEach(workload -> known.put(key(workload), workload)));
        for (var pod : pods.facts()) {
            var made = new Workload(pod.namespace(), pod.owner(), pod.template());
            known.putIfAbsent(key(made), made);
        }
        return known.values().stream()
                .map(workload -> workload.document(documents))
                .toList();
    }

    private static String key(Workload workload) {
        return workload.namespace() + "/" + workload.owner().kind() + "/"
                + workload.owner().name();
    }

    private static List<ClusterObject> objectives(GenericKubernetesResource map) {
        String name = Documents.nameOf(ClusterKinds.CONFIG_MAPS, map.getMetadata());
        return Fields.of(map).texts("data").entrySet().stream()
                .map(entry -> new ClusterObject(name + " " + entry.getKey(), entry.getValue()))
                .toList();
    }
}
