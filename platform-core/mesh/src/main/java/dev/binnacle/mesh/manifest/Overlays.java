package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes made at run time, laid over the manifests in their order.
 *
 * <p>An overlay is a manifest file. One whose name ends in {@code -delete.yaml} names resources that are gone, and only
 * kind, namespace and name of its documents count; the resources of any other replace those of the same name.
 */
public final class Overlays {
    private static final String DELETING = "-delete.yaml";

    private Overlays() {}

    /** Returns what {@code base} becomes, with the diagnostics of both. */
    public static Compiled<Manifests> laidOver(Compiled<Manifests> base, List<ManifestFile> overlays) {
        var manifests = base.value();
        var diagnostics = new ArrayList<Diagnostic>(base.diagnostics());
        for (var overlay : overlays) {
            if (deletes(overlay)) {
                var gone = names(List.of(overlay));
                diagnostics.addAll(gone.diagnostics());
                manifests = manifests.without(gone.value());
            } else {
                var read = ManifestReader.read(List.of(overlay));
                diagnostics.addAll(read.diagnostics());
                manifests = manifests.overlaid(read.value());
            }
        }
        return new Compiled<>(manifests, diagnostics);
    }

    /** Tells whether an overlay names resources that are gone. */
    public static boolean deletes(ManifestFile overlay) {
        return overlay.name().endsWith(DELETING);
    }

    /** Returns the names of all resources in {@code files}, sorted, whether or not the rest of them is valid. */
    public static Compiled<List<ResourceRef>> names(List<ManifestFile> files) {
        return NameReader.read(files);
    }
}
