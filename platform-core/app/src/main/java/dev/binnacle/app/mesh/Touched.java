package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource around a change.
 *
 * @param before what was said about it; empty when it was not there
 * @param after what is said about it, or was to be said
 */
public record Touched(ResourceRef resource, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
    /** Returns the resources around a change. */
    static List<Touched> of(List<ResourceRef> names, Contents before, Contents after) {
        return names.stream()
                .map(name -> new Touched(name, before.resource(name), after.resource(name)))
                .toList();
    }

    /** Returns the resources of which manifests say something else than before. */
    public static List<Touched> between(MeshState before, MeshState after) {
        var from = before.sources().contents();
        var to = after.sources().contents();
        return of(from.differing(to), from, to);
    }
}
