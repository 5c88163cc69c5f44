package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Overlays;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds overlays without effect, so that a thousand changes of one weight leave one file. */
final class ObsoleteOverlays {
    private final Map<ManifestFile, Set<ResourceRef>> effective = new HashMap<>();

    private ObsoleteOverlays(List<ManifestFile> overlays) {
        var later = new HashSet<ResourceRef>();
        for (var overlay : overlays.reversed()) {
            var names = new HashSet<>(Overlays.names(List.of(overlay)).value());
            names.removeAll(later);
            later.addAll(names);
            effective.put(overlay, names);
        }
    }

    /** Returns the overlays that change nothing about {@code manifests}, given the ones behind them. */
    static List<ManifestFile> of(Collection<ResourceRef> manifests, List<ManifestFile> overlays) {
        var effective = new ObsoleteOverlays(overlays).effective;
        var present = new HashSet<>(manifests);
        var obsolete = new ArrayList<ManifestFile>();
        for (var overlay : overlays) {
            var names = effective.getOrDefault(overlay, Set.of());
            boolean deletes = Overlays.deletes(overlay);
            if (names.isEmpty() || deletes && names.stream().noneMatch(present::contains)) {
                obsolete.add(overlay);
            } else if (!deletes) {
                // All of its names: a later deletion has to outlive this file.
                present.addAll(Overlays.names(List.of(overlay)).value());
            }
        }
        return List.copyOf(obsolete);
    }
}
