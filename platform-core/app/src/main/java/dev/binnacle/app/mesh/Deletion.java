package dev.binnacle.app.mesh;

import dev.binnacle.app.mesh.ChangeOutcome.Effect;
import dev.binnacle.app.mesh.ChangeOutcome.Fate;
import dev.binnacle.app.mesh.ChangeOutcome.Missing;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import dev.binnacle.mesh.schema.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What deleting some resources comes to.
 *
 * <p>It takes back what was applied. Only when nothing of it was, it takes out of the mesh what the manifests hold, and
 * then the files have to say what the manifests say, or no more than names: the files of a scenario that was taken back
 * already must not take away what it had replaced.
 *
 * @param applied they are not what the manifests say
 * @param manifest they are what the manifests say
 * @param other the same, but the files say something else about them
 * @param absent they are not in the mesh
 * @param origins where the manifests speak of resources
 */
record Deletion(
        List<ResourceRef> applied,
        List<ResourceRef> manifest,
        List<ResourceRef> other,
        List<ResourceRef> absent,
        Map<ResourceRef, Origin> origins) {

    private enum Found {
        APPLIED,
        MANIFEST,
        OTHER,
        ABSENT
    }

    /** Returns what deleting {@code names}, which {@code files} speak of, comes to. */
    static Deletion of(List<ManifestFile> files, List<ResourceRef> names, MeshState mesh) {
        var base = mesh.sources().contents();
        var inForce = base.with(mesh.sources().overlays());
        var given = Contents.of(files);
        var present = origins(mesh.manifests().resources());
        var found = names.stream().collect(Collectors.groupingBy(name -> {
            if (!present.containsKey(name)) {
                return Found.ABSENT;
            }
            if (!base.agrees(inForce, name)) {
                return Found.APPLIED;
            }
            return base.contradicts(given, name) ? Found.OTHER : Found.MANIFEST;
        }));
        return new Deletion(
                found.getOrDefault(Found.APPLIED, List.of()),
                found.getOrDefault(Found.MANIFEST, List.of()),
                found.getOrDefault(Found.OTHER, List.of()),
                found.getOrDefault(Found.ABSENT, List.of()),
                origins(mesh.sources().base().value().resources()));
    }

    /** Tells whether there is something to take back. */
    boolean takesBack() {
        return !applied.isEmpty();
    }

    /** Tells whether there is nothing to take back, and not all of it may be taken out of the mesh either. */
    boolean impossible() {
        return !takesBack() && !(other.isEmpty() && absent.isEmpty());
    }

    /** Returns why it is impossible. */
    Missing missing() {
        return new Missing(
                absent, other.stream().map(name -> effect(name, Fate.LEFT)).toList());
    }

    /** Returns what the overlay that does it is. */
    OverlayKind overlay() {
        return takesBack() ? OverlayKind.RESTORE : OverlayKind.DELETE;
    }

    /** Returns the overlay's text. */
    String text() {
        return takesBack() ? OverlayText.restoring(applied) : OverlayText.deleting(manifest);
    }

    /** Returns what becomes of each resource, sorted by name. */
    List<Effect> effects() {
        var effects = new ArrayList<Effect>();
        applied.forEach(name -> effects.add(effect(name, origins.containsKey(name) ? Fate.RESTORED : Fate.DELETED)));
        manifest.forEach(name -> effects.add(effect(name, takesBack() ? Fate.LEFT : Fate.DELETED)));
        other.forEach(name -> effects.add(effect(name, Fate.LEFT)));
        absent.forEach(name -> effects.add(effect(name, Fate.ABSENT)));
        effects.sort(Comparator.comparing(Effect::resource));
        return effects;
    }

    private Effect effect(ResourceRef name, Fate fate) {
        return new Effect(name, fate, Optional.ofNullable(origins.get(name)));
    }

    private static Map<ResourceRef, Origin> origins(List<Resource> resources) {
        return resources.stream().collect(Collectors.toMap(Resource::ref, Resource::origin));
    }
}
