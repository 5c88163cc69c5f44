package dev.binnacle.kubernetes.cluster;

import java.util.List;

/**
 * A cluster at one moment.
 *
 * @param manifests everything that decides what the mesh does, sorted by name
 * @param objectives documents in ConfigMaps that the platform is to read, sorted by name
 * @param endpoints by Service
 * @param warnings events of type Warning, the newest first
 * @param pods how many there are
 * @param readyPods how many of them are ready
 */
public record ClusterState(
        List<ClusterObject> manifests,
        List<ClusterObject> objectives,
        List<Endpoints> endpoints,
        List<Warning> warnings,
        int pods,
        int readyPods) {
    /** Nothing. */
    public static final ClusterState NONE = new ClusterState(List.of(), List.of(), List.of(), List.of(), 0, 0);

    public ClusterState {
        manifests = List.copyOf(manifests);
        objectives = List.copyOf(objectives);
        endpoints = List.copyOf(endpoints);
        warnings = List.copyOf(warnings);
    }

    /** Tells whether both have the same manifests and objectives: what the mesh is to do, whatever pods do. */
    public boolean agrees(ClusterState other) {
        return manifests.equals(other.manifests) && objectives.equals(other.objectives);
    }
}
