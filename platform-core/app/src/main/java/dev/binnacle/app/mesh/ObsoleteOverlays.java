package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import dev.binnacle.mesh.manifest.Overlays;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    /** Returns the overlays that change nothing about {@code manifests}, given the ones behind them; in their order. */
    static List<ManifestFile> of(Collection<ResourceRef> manifests, List<ManifestFile> overlays) {
        var effective = new ObsoleteOverlays(overlays).effective;
        var present = new HashSet<>(manifests);
        var touched = new HashSet<ResourceRef>();
        var obsolete = new ArrayList<ManifestFile>();
        for (var overlay : overlays) {
            var names = effective.getOrDefault(overlay, Set.of());
            if (isObsolete(OverlayKind.of(overlay), names, present, touched)) {
                obsolete.add(overlay);
                continue;
            }
            // All of its names: what takes back one of them later has to outlive this file.
            var all = Overlays.names(List.of(overlay)).value();
            touched.addAll(all);
            if (OverlayKind.of(overlay) == OverlayKind.APPLY) {
                present.addAll(all);
            }
        }
        return List.copyOf(obsolete);
    }

    private static boolean isObsolete(
            OverlayKind kind, Set<ResourceRef> names, Set<ResourceRef> present, Set<ResourceRef> touched) {
        return switch (kind) {
            case APPLY -> names.isEmpty();
            case DELETE -> Collections.disjoint(names, present);
            case RESTORE -> Collections.disjoint(names, touched);
        };
    }
}
