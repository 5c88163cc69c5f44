package dev.binnacle.app.api;

import dev.binnacle.app.mesh.ChangeOutcome.Effect;
import dev.binnacle.mesh.ir.Origin;
import java.util.List;

/** A resource, and where the manifests speak of it. */
public record InManifests(String kind, String namespace, String name, String file, int line) {
    /** Returns where the manifests speak of resources. */
    public static List<InManifests> of(List<Effect> effects) {
        return effects.stream().map(InManifests::of).toList();
    }

    private static InManifests of(Effect effect) {
        var resource = effect.resource();
        var origin = effect.manifest().orElse(Origin.DEFAULT);
        return new InManifests(resource.kind(), resource.namespace(), resource.name(), origin.file(), origin.line());
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name + " at " + new Origin(file, line);
    }
}
