package dev.binnacle.local.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code up} was asked for.
 *
 * @param manifests folders of manifests; empty for the clone's own
 * @param only names of the workloads to start; empty for all
 * @param engines engine name to path or version, as the flags gave them
 * @param patience how long everything may take to become healthy
 */
public record LaunchOptions(List<Path> manifests, Set<String> only, Map<String, String> engines, Duration patience) {
    public LaunchOptions {
        manifests = List.copyOf(manifests);
        only = Set.copyOf(only);
        engines = Map.copyOf(engines);
    }
}
