package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Carried;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes made at run time, laid over the manifests in their order.
 *
 * <p>An overlay is a manifest file; its {@link OverlayKind} says what becomes of the resources in it. Of those it deletes
 * or restores only kind, namespace and name count.
 */
public final class Overlays {
    private record Read(ManifestFile overlay) implements Carried.Key<Compiled<Manifests>> {}

    private Overlays() {}

    /** Returns what {@code base} becomes, with the diagnostics of both. */
    public static Compiled<Manifests> laidOver(Compiled<Manifests> base, List<ManifestFile> overlays) {
        return laidOver(base, overlays, new Carried());
    }

    /**
     * Does the same with less work.
     *
     * @param read overlays that were read before; added to
     */
    public static Compiled<Manifests> laidOver(Compiled<Manifests> base, List<ManifestFile> overlays, Carried read) {
        var manifests = base.value();
        var diagnostics = new ArrayList<Diagnostic>(base.diagnostics());
        for (var overlay : overlays) {
            var laid = laidOver(manifests, overlay, base.value(), read);
            diagnostics.addAll(laid.diagnostics());
            manifests = laid.value();
        }
        return new Compiled<>(manifests, diagnostics);
    }

    private static Compiled<Manifests> laidOver(
            Manifests manifests, ManifestFile overlay, Manifests base, Carried read) {
        return switch (OverlayKind.of(overlay)) {
            case APPLY ->
                read.get(new Read(overlay), () -> ManifestReader.read(List.of(overlay)))
                        .map(manifests::overlaid);
            case DELETE -> names(List.of(overlay)).map(manifests::without);
            case RESTORE ->
                names(List.of(overlay)).map(names -> manifests.without(names).overlaid(base.only(names)));
        };
    }

    /** Returns the names of all resources in {@code files}, sorted, whether or not the rest of them is valid. */
    public static Compiled<List<ResourceRef>> names(List<ManifestFile> files) {
        return NameReader.read(files);
    }

    /** Returns the names of the resources that are what an overlay says. */
    public static Set<ResourceRef> applied(List<ManifestFile> overlays) {
        var applied = new HashSet<ResourceRef>();
        for (var overlay : overlays) {
            var names = names(List.of(overlay)).value();
            if (OverlayKind.of(overlay) == OverlayKind.APPLY) {
                applied.addAll(names);
            } else {
                names.forEach(applied::remove);
            }
        }
        return Set.copyOf(applied);
    }
}
